/** Who made an object: shown when two objects collide. */
export interface Owner {
  /** The input file, such as `tenants/vision.yaml`: it stands in the header of the rendered file. */
  readonly source: string;
  readonly cluster: string;
  /** The rendered file below dist/, with `/`, such as `prod/tenants/vision/quota.yaml`. */
  readonly path: string;
}

/** Any Kubernetes object, as data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** One rendered object and who made it. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly owner: Owner;
}
