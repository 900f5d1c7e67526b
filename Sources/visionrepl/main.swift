import Glibc

exit(Launch.run())
