import Glibc
import Sessions

TeamWaiting.preferSleeping()
exit(Launch.run())
