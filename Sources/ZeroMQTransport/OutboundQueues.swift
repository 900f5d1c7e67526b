import JupyterProtocol

/// Messages on their way to the sockets: those that go at once and those that keep their order.
struct OutboundQueues {
    struct Item {
        var frames: [[UInt8]]
        var channel: Channel
        /// How many frames libzmq has taken so far.
        var sent = 0

        var byteCount: Int { frames.reduce(0) { $0 + $1.count } }
    }

    /// A first-in first-out queue; removing is O(1) on average.
    struct Fifo {
        private var items: [Item] = []
        private var head = 0

        var first: Item? { head < items.count ? items[head] : nil }
        var isEmpty: Bool { head == items.count }

        mutating func append(_ item: Item) { items.append(item) }

        mutating func prepend(_ item: Item) {
            if head > 0 {
                head -= 1
                items[head] = item
            } else {
                items.insert(item, at: 0)
            }
        }

        mutating func popFirst() -> Item? {
            guard head < items.count else { return nil }
            let item = items[head]
            items[head].frames = []
            head += 1
            if head > 64 && head * 2 > items.count {
                items.removeFirst(head)
                head = 0
            }
            return item
        }
    }

    var urgent = Fifo()
    var ordered = Fifo()
    /// The size of what waits in order.
    var orderedBytes = 0
    /// How many messages have left the ordered queue.
    var delivered = 0
    /// Whether the polling thread was told that there is something to send.
    var isSignalled = false
    /// The time by which to stop, in nanoseconds; set when the transport closes.
    var closing: UInt64?
    var isClosed = false
}
