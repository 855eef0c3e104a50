// Required into a measured process: tells the measuring one, on descriptor 3, what the process has used.
process.on('exit', () => require('fs').writeSync(3, JSON.stringify(process.resourceUsage())));
