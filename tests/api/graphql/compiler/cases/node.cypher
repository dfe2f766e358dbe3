// $p0: 'person/ada'
RETURN
COLLECT { MATCH (n0:Page|Article|Person|Organization|Country|Document|Statement|Claim|Citation|Mention|Name|Correction|ClaimMatch|Origin|Trace|ExtractionRun|Dataset {id: $p0}) RETURN [n0.id, n0.name, labels(n0)] }[0] AS c0
