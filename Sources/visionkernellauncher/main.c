// Opens the ports of a kernel's connection file and becomes the kernel.
//
//     visionkernellauncher visionkernel start --connection-file FILE
//
// A front end connects as soon as it has started the process, and one whose connection is refused
// tries again only after 100 to 200 ms. Loading the kernel's libraries takes longer than this whole
// program, so the ports listen first; the kernel takes the descriptors over, which
// VISION_LISTENERS names as "port=descriptor port=descriptor ...". Whatever goes wrong here is left
// for the kernel to find and to explain: it opens the ports that it was not given.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// The text after "name": in flat JSON, past blanks; NULL where there is none.
static const char *member(const char *json, const char *name) {
    char quoted[32];
    snprintf(quoted, sizeof quoted, "\"%s\"", name);
    const char *place = strstr(json, quoted);
    if (place == NULL) return NULL;
    place += strlen(quoted);
    place += strspn(place, " \t\r\n:");
    return place;
}

// A socket that listens; -1 where it cannot.
static int listener(struct in_addr address, int port) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP);
    if (descriptor < 0) return -1;
    int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in place = {
        .sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr = address};
    if (bind(descriptor, (struct sockaddr *)&place, sizeof place) != 0 ||
        listen(descriptor, 100) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

static void open_ports(const char *path) {
    char json[8192];
    FILE *file = fopen(path, "re");
    if (file == NULL) return;
    size_t count = fread(json, 1, sizeof json - 1, file);
    fclose(file);
    json[count] = 0;
    const char *transport = member(json, "transport");
    const char *ip = member(json, "ip");
    if (transport == NULL || strncmp(transport, "\"tcp\"", 5) != 0 || ip == NULL) return;
    char text[INET_ADDRSTRLEN] = "";
    sscanf(ip, "\"%15[0-9.]\"", text);
    struct in_addr address;
    if (inet_pton(AF_INET, text, &address) != 1) return;
    static const char *const names[] = {
        "shell_port", "iopub_port", "control_port", "stdin_port", "hb_port"};
    char listeners[160] = "";
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        const char *value = member(json, names[index]);
        int port = value == NULL ? 0 : atoi(value);
        if (port <= 0 || port > 65535) continue;
        int descriptor = listener(address, port);
        if (descriptor < 0) continue;
        size_t used = strlen(listeners);
        snprintf(
            listeners + used, sizeof listeners - used, "%s%d=%d", used > 0 ? " " : "", port,
            descriptor);
    }
    setenv("VISION_LISTENERS", listeners, 1);
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: %s visionkernel start --connection-file FILE\n", arguments[0]);
        return 2;
    }
    open_ports(arguments[count - 1]);
    setenv("GOMP_SPINCOUNT", "2000", 0);  // as Sessions' TeamWaiting, without a second start
    execv(arguments[1], arguments + 1);
    perror(arguments[1]);
    return 1;
}
