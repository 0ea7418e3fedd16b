/** Ray images run as user ray, uid 1000, gid 100; the name alone is not enough for runAsNonRoot. */
export const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 100,
  fsGroup: 100,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/**
 * What Pod Security "restricted" wants of a container. KubeRay copies it to its init container,
 * but neither to the autoscaler nor to the submitter (1.7.0), so both get it from here.
 */
export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
