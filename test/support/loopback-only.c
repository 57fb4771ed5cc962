/*
 * Preloaded into a daemon that would listen on every address: whatever it binds becomes the
 * loopback address, and sockets of virtual machines are refused it. x86-64 Linux.
 */
#define SYS_BIND 49
#define UNIX 1
#define INET 2
#define INET6 10
#define NETLINK 16

long syscall(long number, ...);

int bind(int socket, const unsigned char *address, unsigned length)
{
    unsigned char local[28];
    unsigned family = address[0] | address[1] << 8, i;

    if (family == UNIX || family == NETLINK)
        return syscall(SYS_BIND, socket, address, length);
    if (length > sizeof local || (family != INET && family != INET6))
        return -1;
    for (i = 0; i < length; i++)
        local[i] = address[i];
    if (family == INET6) {
        /* ::ffff:127.0.0.1 */
        for (i = 8; i < 18; i++)
            local[i] = 0;
        local[18] = local[19] = 0xff;
    }
    i = family == INET6 ? 20 : 4;
    local[i] = 127;
    local[i + 1] = local[i + 2] = 0;
    local[i + 3] = 1;
    return syscall(SYS_BIND, socket, local, length);
}
