"""Loading on many machines with Apache Spark: the same extraction, the same graph.

Only here is Spark imported; it is the extra ``newsgraph[spark]``.
"""
