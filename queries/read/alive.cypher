// Does the database answer? Its bookmark tells as well whether anything has changed.
RETURN true AS alive
