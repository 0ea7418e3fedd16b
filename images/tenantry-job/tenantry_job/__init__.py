"""Ray jobs of a tenant, submitted to its queue from a notebook."""
