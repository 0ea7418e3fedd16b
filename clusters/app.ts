import { makeApp } from './stack/app';

// The app of `npm run cdk -- synth NAME`: one stack a cluster file, named after it.
const app = makeApp(process.cwd());
if (app === undefined) process.exitCode = 1;
else app.synth();
