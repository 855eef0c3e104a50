/** "Operation not permitted": the answer of a filter if a document has no errno. */
export const EPERM = 1;
/** "Function not implemented": the kernel does not have the call, and C libraries fall back to an older one. */
export const ENOSYS = 38;

/**
 * Errno names and numbers: each line has a number, and the names from that number on.
 *
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/asm-generic/errno-base.h
 * @see https://github.com/torvalds/linux/blob/v6.18/include/uapi/asm-generic/errno.h
 */
const GENERIC = `
  1 EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV
  20 ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG
  37 ENOLCK ENOSYS ENOTEMPTY ELOOP
  42 ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT
  59 EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW
  76 ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE
  91 EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN
  101 ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN
  113 EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED
  126 ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
  11 EWOULDBLOCK
  35 EDEADLOCK
  95 ENOTSUP`;

/** Numbers that differ on MIPS. @see https://github.com/torvalds/linux/blob/v6.18/arch/mips/include/uapi/asm/errno.h */
const MIPS = `
  35 ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EDEADLK ENOLCK
  50 EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT EDEADLOCK
  74 EMULTIHOP
  77 EBADMSG ENAMETOOLONG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ENOSYS ELOOP ERESTART
  92 ESTRPIPE ENOTEMPTY EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT
  120 EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET
  130 ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN EUCLEAN
  137 ENOTNAM ENAVAIL EISNAM EREMOTEIO EINIT EREMDEV ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY
  150 EINPROGRESS ESTALE
  158 ECANCELED ENOMEDIUM EMEDIUMTYPE ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
  1133 EDQUOT
  122 ENOTSUP`;

/** Numbers that differ on POWER. @see https://github.com/torvalds/linux/blob/v6.18/arch/powerpc/include/uapi/asm/errno.h */
const POWER = `
  58 EDEADLOCK`;

const ERRNOS: ReadonlyMap<string, number> = parse(GENERIC);
const BY_NODE: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([['mips64le', parse(MIPS)], ['ppc64le', parse(POWER)]]);

/** Returns the errno of a name on most architectures; undefined if there is none. */
export function genericErrno(name: string): number | undefined {
  return ERRNOS.get(name);
}

/** Returns the name of an errno on most architectures, such as `EPERM` for 1. */
export function errnoName(errno: number): string | undefined {
  return [...ERRNOS].find(([, number]) => number === errno)?.[0];
}

/** Returns the errno of a name on a node, by its `kubernetes.io/arch` label. */
export function errnoOn(label: string, name: string): number | undefined {
  return BY_NODE.get(label)?.get(name) ?? ERRNOS.get(name);
}

function parse(table: string): Map<string, number> {
  return new Map(table.trim().split('\n').flatMap(line => {
    const [first, ...names] = line.trim().split(' ');
    return names.map((name, offset) => [name, Number(first) + offset] as const);
  }));
}
