import Glibc

/// How long the threads of a parallel computation spin before they sleep.
///
/// The OpenMP library lets a thread that waits for the others spin for milliseconds. With a browser
/// or a compiler on the same cores that starves the very thread it waits for: an epoch of LeNet
/// beside a build on two cores took over 60 s, and 9 s with a short spin; alone both take 2 s. The
/// library reads the setting before `main`, so a program that wants it starts itself again.
public enum TeamWaiting {
    private static let variable = "GOMP_SPINCOUNT"

    /// Starts the program again with a short spin, unless the environment already says how to wait.
    /// To be called first thing in `main`; where the program cannot be started again it goes on.
    public static func preferSleeping() {
        guard getenv(variable) == nil, getenv("OMP_WAIT_POLICY") == nil else { return }
        guard let executable = realpath("/proc/self/exe", nil) else { return }
        defer { free(executable) }
        setenv(variable, "2000", 1)
        execv(executable, CommandLine.unsafeArgv)
    }
}
