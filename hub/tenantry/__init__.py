"""What makes one JupyterHub serve many tenants.

The Helm chart ships these files into the hub's pod (`hub.extraFiles`, charts/platform/jupyterhub.ts), beside its
own configuration; nothing is built. Tenants come and go while the hub runs: each tenant's namespace has one
ConfigMap that says who belongs to it and what it is granted. What a server looks like (images, sizes, tolerations)
is the hub's own configuration, the catalogue, so that a tenant cannot widen its grants.

tenants        reads the tenants from the cluster
membership     who may log in: members of a tenant, and administrators
authenticator  accounts of the hub's own (NativeAuthenticator)
approvals      the page on which sign-ups are approved
single_sign_on accounts of an OpenID Connect provider instead
catalogue      what a tenant's member may start, and what the pod then has
spawner        starts it in the tenant's namespace
reconcile      a service of the hub that stops servers whose owner has lost the right to them

Tests: `hub/tests`, on the packages of the hub's image at the chart's versions (`hub/requirements.txt`).
"""
