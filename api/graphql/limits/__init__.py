"""What a request may cost: refused before a word of Cypher is made.

Pure functions over graphql-core's document and schema. Each looks at a fragment once, whatever
the number of its uses, so that refusing costs less than the attack.
"""

from api.graphql.limits.cost import Assessment, Cost, CostModel
from api.graphql.limits.degrees import Degree, Degrees
from api.graphql.limits.shape import check_shape
from api.graphql.limits.variables import check_variables

__all__ = [
    "Assessment",
    "Cost",
    "CostModel",
    "Degree",
    "Degrees",
    "check_shape",
    "check_variables",
]
