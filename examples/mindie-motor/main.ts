import { App } from 'cdk8s';
import { MindieMotorChart } from './mindie-motor-chart';
import { chooseSeccompMode } from './seccomp-mode';

const app = new App();
const seccomp = chooseSeccompMode(app, process.env.SECCOMP_MODE);
new MindieMotorChart(app, 'mindie-motor', { seccomp });
app.synth();
