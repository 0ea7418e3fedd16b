import { HOME_CLASS, HUB, HUB_LOGIN, RAY_TOKEN, SERVICE_ACCOUNT } from '../../lib/model/names';
import type { Cluster } from '../../lib/model/platform';
import { CONTAINER_SECURITY, POD_SECURITY } from '../tenant/ray/security';
import { catalogue } from './hub-catalogue';

/** Where the hub's pod has its secret. */
export const LOGIN_PATH = '/etc/tenantry/login';

const HOME = '/home/jovyan';
const TOKEN_PATH = '/var/run/secrets/tenantry/ray';

/** As tenant files write user names: nothing that only looks like one of them. */
const USER_NAME = '^[a-z][a-z0-9]*([._-][a-z0-9]+)*$';

/** Sections of JupyterHub's configuration by class: JupyterHub 5.5, KubeSpawner 7.0, NativeAuthenticator 1.3. */
export function hubConfig(cluster: Cluster) {
  return {
    JupyterHub: {
      spawner_class: 'tenantry.spawner.TenantSpawner',
      // The chart's short name does not resolve in a tenant's namespace: no notebook would ever register.
      hub_connect_url: `http://${HUB.address}:${HUB.port}`,
      // Administrators stop servers; they do not look into them.
      admin_access: false,
      ...authenticatorClass(cluster),
    },
    Authenticator: {
      // Never allowed_users, admin_users, allow_existing_users: a stranger who signs up with such a name has it.
      allow_all: false,
      auth_refresh_age: 300,
      refresh_pre_spawn: true,
      username_pattern: USER_NAME,
    },
    ...login(cluster),
    Spawner: { http_timeout: 120 },
    KubeSpawner: spawner(),
    TenantSpawner: { catalogue: catalogue(cluster) },
  };
}

function authenticatorClass({ hub }: Cluster) {
  return {
    authenticator_class:
      hub.sso === undefined
        ? 'tenantry.authenticator.TenantAuthenticator'
        : 'tenantry.single_sign_on.TenantSingleSignOn',
  };
}

function login({ hub: { admin, sso }, spec: { domain } }: Cluster) {
  if (sso === undefined) {
    return {
      NativeAuthenticator: {
        enable_signup: true,
        open_signup: false,
        ask_email_on_signup: true,
        check_common_password: true,
        minimum_password_length: 12,
        allowed_failed_logins: 5,
        seconds_before_next_try: 600,
        allow_2fa: false,
        import_from_firstuse: false,
      },
      TenantAuthenticator: {
        first_admin: admin,
        first_admin_password_file: `${LOGIN_PATH}/${HUB_LOGIN.password}`,
      },
    };
  }
  return {
    TenantSingleSignOn: {
      issuer: sso.issuer,
      client_id: sso.clientId,
      client_secret_file: `${LOGIN_PATH}/${HUB_LOGIN.client}`,
      oauth_callback_url: `https://hub.${domain}/hub/oauth_callback`,
      login_service: 'SSO',
      scope: ['openid', 'profile', 'email', 'groups'],
      username_claim: sso.usernameClaim ?? 'preferred_username',
      // Tokens are kept, encrypted, so that a member who is removed at the provider is noticed.
      enable_auth_state: true,
      manage_groups: true,
      auth_state_groups_key: 'oauth_user.groups',
      admin_groups: [sso.admins],
    },
  };
}

/** What every server has, whatever its tenant and profile. Maps, because a profile's lists would replace these. */
function spawner() {
  return {
    service_account: SERVICE_ACCOUNT.notebook,
    automount_service_account_token: false,
    pod_security_context: POD_SECURITY,
    container_security_context: CONTAINER_SECURITY,
    extra_annotations: { 'karpenter.sh/do-not-disrupt': 'true' },
    storage_pvc_ensure: true,
    storage_class: HOME_CLASS,
    delete_pvc: false,
    notebook_dir: HOME,
    environment: { HOME, RAY_AUTH_MODE: 'token', RAY_AUTH_TOKEN_PATH: `${TOKEN_PATH}/${RAY_TOKEN.key}` },
    volumes: {
      home: { name: 'home', persistentVolumeClaim: { claimName: '{pvc_name}' } },
      // A file follows the Secret, a variable would not.
      'ray-token': { name: 'ray-token', secret: { secretName: RAY_TOKEN.secret } },
    },
    volume_mounts: {
      home: { name: 'home', mountPath: HOME },
      'ray-token': { name: 'ray-token', mountPath: TOKEN_PATH, readOnly: true },
    },
  };
}
