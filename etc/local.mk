# The sample configuration and copies of the acceptance scheme (EXTRA_DIST,
# or dist_..._DATA where they are installed).
