import type { Scenario } from '../scenario';
import { accepted } from './accepted';
import { access } from './access';
import { argocdAutoscaler } from './argocd-autoscaler';
import { argocdFence } from './argocd-fence';
import { argocdRemoval } from './argocd-removal';
import { argocdSecondSync } from './argocd-second-sync';
import { argocdStuck } from './argocd-stuck';
import { argocdWaves } from './argocd-waves';
import { gpuType } from './gpu-type';
import { hostile } from './hostile';
import { hub } from './hub';
import { hubScale } from './hub-scale';
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
import { ray } from './ray';
import { rbacProof } from './rbac-proof';
import { scale } from './scale';
import { scheduling } from './scheduling';
import { tenantryJob } from './tenantry-job';
import { validateAgrees } from './validate-agrees';
import { validateUpdates } from './validate-updates';

/** Scenarios in the order they run; each builds on the objects that `accepted` has applied. */
export const SCENARIOS: readonly Scenario[] = [
  accepted,
  validateAgrees,
  validateUpdates,
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
  tenantryJob,
  kueue,
  onboarding,
  lifecycle,
  ray,
  hub,
  hubScale,
  scale,
  argocdWaves,
  argocdSecondSync,
  argocdAutoscaler,
  argocdStuck,
  argocdRemoval,
  argocdFence,
];
