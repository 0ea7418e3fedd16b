import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { makeApp } from './stack/app';
import { judge } from './stack/nag';

// `npm run cdk:lint`: cdk-nag on the constructs, then cfn-lint (PyPI) on the templates.
const OUT = join(process.cwd(), 'cdk.out/lint');
const REPORT = join(OUT, 'validation-report.json');

/** Exit code of cfn-lint for errors (its documentation: 2 errors, 4 warnings, 8 informational, or sums). */
const ERRORS = 2;

// A report of an earlier run would be taken for this one's.
rmSync(REPORT, { force: true });

const app = makeApp(process.cwd(), OUT);
if (app === undefined) process.exitCode = 1;
else {
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  judgeConstructs(app);
  lintTemplates(stacks.map(({ templateFile }) => join(OUT, templateFile)));
}

/** The CDK ends a synthesis with findings by an error, after it has printed all; its report has them too. */
function judgeConstructs(constructs: App): void {
  const { write } = process.stderr;
  process.stderr.write = () => true;
  try {
    constructs.synth();
  } catch (error) {
    if (!existsSync(REPORT)) throw error;
  } finally {
    process.stderr.write = write;
  }
  const { refused, accepted, unused } = judge(JSON.parse(readFileSync(REPORT, 'utf8')));
  for (const line of refused) process.stdout.write(`${line}\n`);
  process.stdout.write(`cdk-nag: ${refused.length} findings, ${accepted} accepted with a reason\n`);
  if (unused.length > 0) process.stdout.write(`accepted, but not found here: ${unused.join(', ')}\n`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}

function lintTemplates(files: readonly string[]): void {
  const program = process.env.CFN_LINT ?? 'cfn-lint';
  const { error, status, stdout } = spawnSync(program, ['--', ...files], { encoding: 'utf8' });
  if (error !== undefined) {
    process.stderr.write(
      `cfn-lint is not here: THE TEMPLATES WERE NOT LINTED.\npip install cfn-lint, or name it in CFN_LINT\n`,
    );
    return;
  }
  const findings = stdout.split(/\n(?=[EWI]\d)/).filter((text) => text.startsWith('E'));
  for (const finding of findings) process.stdout.write(`${finding.trim()}\n`);
  process.stdout.write(`cfn-lint: ${findings.length} errors in ${files.length} templates\n`);
  if (((status ?? 0) & ERRORS) !== 0) process.exitCode = 1;
}
