/** Minor versions of Kubernetes whose verdicts are known, the newest last. Schemas are those of the newest. */
export const KUBERNETES_VERSIONS = ['1.34', '1.35', '1.36'] as const;

export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];

/** The version that the platform's clusters run. */
export const CURRENT_VERSION: KubernetesVersion = '1.36';
