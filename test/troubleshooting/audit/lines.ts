/** What a line is, as short as possible: ABI, call, action, thread name, program, signal. */
export type Told = readonly [string, string, string, string, string, number];

const PROTON = '2F686F6D652F636F75726965722F2E6C6F63616C2F73686172652F537465616D2F737465616D617070732F636F6D6D6F6E2F'
  + '50726F746F6E202D204578706572696D656E74616C2F66696C65732F62696E2F77696E6536342D7072656C6F61646572';

/** Records that people have shown, each from another kind of log. */
export const PUBLIC_LINES: readonly (readonly [string, string, Told])[] = [
  [
    'syslog, of the kernel: https://kubernetes.io/docs/tutorials/security/seccomp/',
    'Jul  6 15:37:40 my-machine kernel: [369128.669452] audit: type=1326 audit(1594067860.484:14536): auid=4294967295 uid=0 gid=0 ses=4294967295 pid=29064 '
    + 'comm="http-echo" exe="/http-echo" sig=0 arch=c000003e syscall=51 compat=0 ip=0x46fe1f code=0x7ffc0000',
    ['X86_64', 'getsockname', 'LOG', 'http-echo', '/http-echo', 0],
  ],
  [
    'journald, from the audit system: https://github.com/containers/crun/issues/683',
    'May 28 15:24:32 casper audit[7645]: SECCOMP auid=4294967295 uid=0 gid=0 ses=4294967295 subj=docker-default pid=7645 comm="mount" exe="/repro/mount" '
    + 'sig=0 arch=c000003e syscall=165 compat=0 ip=0x7f8a6e55ec4e code=0x50000',
    ['X86_64', 'mount', 'ERRNO', 'mount', '/repro/mount', 0],
  ],
  [
    'journald, a label with an equals sign: https://github.com/YunoHost-Apps/seafile_ynh/issues/95',
    'oct. 24 00:48:51 home.hugopoi.net audit[811024]: SECCOMP auid=4294967295 uid=993 gid=993 ses=4294967295 subj==unconfined pid=811024 comm="python3" '
    + 'exe="/usr/bin/python3.9" sig=31 arch=c000003e syscall=105 compat=0 ip=0x7f58148a5782 code=0x80000000',
    ['X86_64', 'setuid', 'KILL_PROCESS', 'python3', '/usr/bin/python3.9', 31],
  ],
  [
    'audispd, a label with a space: https://github.com/google/nsjail/issues/158',
    'Jan 29 07:58:12 host audispd[568]: node=host type=SECCOMP msg=audit(1611907092.540:26626): auid=22776 uid=22776 gid=89939 ses=11 '
    + 'subj==untrusted (complain) pid=7743 comm="clang++" exe="/usr/local/bin/clang" sig=31 arch=c000003e syscall=12 compat=0 ip=0x7fa45496bcb7 code=0x0',
    ['X86_64', 'brk', 'KILL_THREAD', 'clang++', '/usr/local/bin/clang', 31],
  ],
  [
    'auditd, enriched, its separator lost: https://github.com/firedancer-io/firedancer/pull/766',
    'type=SECCOMP msg=audit(1697147265.298:78): auid=4294967295 uid=1000 gid=1000 ses=4294967295 subj=unconfined pid=53620 comm="fddev" '
    + 'exe="/home/runner/bin/fddev" sig=31 arch=c000003e syscall=1 compat=0 ip=0x7fad80314a37 code=0x80000000AUID="unset" UID="runner" ARCH=x86_64 SYSCALL=write',
    ['X86_64', 'write', 'KILL_PROCESS', 'fddev', '/home/runner/bin/fddev', 31],
  ],
  [
    'ausearch -i on arm64: https://github.com/libreswan/libreswan/pull/2068',
    'type=SECCOMP msg=audit(03/04/2025 07:39:37.599:201) : auid=unset uid=root gid=root ses=unset subj=system_u:system_r:ipsec_t:s0 pid=6464 comm=addconn '
    + 'exe=/usr/libexec/ipsec/addconn sig=SIGSYS arch=aarch64 syscall=faccessat compat=0 ip=0xffff92e23698 code=kill-thread',
    ['AARCH64', 'faccessat', 'KILL_THREAD', 'addconn', '/usr/libexec/ipsec/addconn', 31],
  ],
  [
    '32-bit ARM, a private call: https://github.com/canonical/snapcraft.io',
    'audit: type=1326 audit(1430766107.122:16): auid=1000 uid=1000 gid=1000 ses=15 pid=1491 comm="env" exe="/bin/bash" sig=31 arch=40000028 '
    + 'syscall=983045 compat=0 ip=0xb6fb0bd6 code=0x0',
    ['ARM', 'set_tls', 'KILL_THREAD', 'env', '/bin/bash', 31],
  ],
  [
    'a path in hexadecimal: https://github.com/netblue30/firejail/issues/5250',
    `kernel: [15316.792675] audit: type=1326 audit(1657798020.754:376909): auid=1000 uid=1000 gid=1000 ses=16 subj==unconfined pid=79055 comm="Fallout76.exe" exe=${PROTON} `
    + 'sig=31 arch=c000003e syscall=212 compat=0 ip=0x276904aa code=0x0',
    ['X86_64', 'lookup_dcookie', 'KILL_THREAD', 'Fallout76.exe',
      '/home/courier/.local/share/Steam/steamapps/common/Proton - Experimental/files/bin/wine64-preloader', 31],
  ],
];

/** What a log holds besides. */
export const OTHER_LINES: readonly string[] = [
  '',
  'audit: type=1400 audit(1431384420.408:319): apparmor="DENIED" operation="mkdir" profile="snap.foo.bar" name="/var/lib/foo" pid=637 comm="bar"',
  'audit: type=1300 audit(1677748585.128:33): arch=40000003 syscall=102 success=yes exit=0 a0=f comm="iptables" exe="/usr/sbin/xtables-legacy-multi"',
  'type=SYSCALL msg=audit(1326000000.288:1326): arch=40000003 syscall=3 success=no exit=-11 comm="mysqld" exe="/usr/sbin/mysqld"',
  'type=CONFIG_CHANGE msg=audit(1611907092.540:1326): op=seccomp-logging actions=kill_process,kill_thread old-actions=kill_process res=1',
  'pod 1326 says SECCOMP auid=1 syscall=1 code=0x0',
];
