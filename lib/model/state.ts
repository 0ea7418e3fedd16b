import type { TenantSpec } from '../schema/tenant';

export type State = NonNullable<TenantSpec['state']>;

/** What a state allows. */
export interface Allowed {
  /** Whether pods may start, jobs are admitted, and the tenant's quota is promised: it then counts in the pools. */
  readonly runs: boolean;
  /** Whether members may come in: by JupyterHub, kubectl and Argo CD. There are Ray objects only while they may. */
  readonly opens: boolean;
}

/** States of a tenant: the rest of the code asks what is allowed, never for the name (see decisions/0011). */
export const STATES: Readonly<Record<State, Allowed>> = {
  active: { runs: true, opens: true },
  frozen: { runs: false, opens: true },
  archived: { runs: false, opens: false },
};
