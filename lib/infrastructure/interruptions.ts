/** Events that end a node; Karpenter 1.14 reads them from its queue (its CloudFormation reference, read 2026-11-25). */
export const INTERRUPTIONS = {
  ScheduledChange: { source: 'aws.health', detailType: 'AWS Health Event' },
  SpotInterruption: { source: 'aws.ec2', detailType: 'EC2 Spot Instance Interruption Warning' },
  Rebalance: { source: 'aws.ec2', detailType: 'EC2 Instance Rebalance Recommendation' },
  StateChange: { source: 'aws.ec2', detailType: 'EC2 Instance State-change Notification' },
  CapacityReservation: {
    source: 'aws.ec2',
    detailType: 'EC2 Capacity Reservation Instance Interruption Warning',
  },
} as const;

/** Seconds that a message waits: an older one is of no use. */
export const RETENTION = 300;
