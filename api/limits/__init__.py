"""What a request may cost: refused before a word of Cypher is made.

Pure functions over graphql-core's document and schema. Each looks at a fragment once, whatever
the number of its uses, so that refusing costs less than the attack.
"""

from api.limits.cost import Assessment, Cost, CostModel
from api.limits.degrees import Degree, Degrees
from api.limits.inputs import check_variables
from api.limits.settings import Limits
from api.limits.shape import check_shape

__all__ = [
    "Assessment",
    "Cost",
    "CostModel",
    "Degree",
    "Degrees",
    "Limits",
    "check_shape",
    "check_variables",
]
