import type { Scenario } from '../scenario';
import { accepted } from './accepted';
import { access } from './access';
import { gpuType } from './gpu-type';
import { hostile } from './hostile';
import { jobQueue } from './job-queue';
import { karpenter } from './karpenter';
import { karpenterDaemonsets } from './karpenter-daemonsets';
import { karpenterDisruption } from './karpenter-disruption';
import { karpenterRefusals } from './karpenter-refusals';
import { karpenterSpot } from './karpenter-spot';
import { kuberay } from './kuberay';
import { kuberayAutoscaler } from './kuberay-autoscaler';
import { kueue } from './kueue';
import { largestLoad } from './largest-load';
import { lifecycle } from './lifecycle';
import { onboarding } from './onboarding';
import { quota } from './quota';
import { rbacProof } from './rbac-proof';
import { scale } from './scale';
import { scheduling } from './scheduling';
import { validateAgrees } from './validate-agrees';

/** Scenarios in the order they run; each builds on the objects that `accepted` has applied. */
export const SCENARIOS: readonly Scenario[] = [
  accepted,
  validateAgrees,
  quota,
  largestLoad,
  gpuType,
  hostile,
  jobQueue,
  access,
  rbacProof,
  scheduling,
  karpenter,
  karpenterRefusals,
  karpenterDaemonsets,
  karpenterSpot,
  karpenterDisruption,
  kuberayAutoscaler,
  kuberay,
  kueue,
  onboarding,
  lifecycle,
  scale,
];
