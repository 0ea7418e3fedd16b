/** What the programs of examples/ print when they have worked. */
export const EXAMPLES: Readonly<Record<string, RegExp>> = {
  core: /^sum of squares below 10000: 333283335000$/m,
  train: /^loss after training on two workers: 0\.0\d+$/m,
  tune: /^best learning rate: 0\.1$/m,
  serve: /^the model answers: 42\.0$/m,
};
