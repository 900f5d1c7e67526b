/// What one forward pass leaves for its backward pass. An operation that has one is made anew for
/// every call.
final class Saved<Value>: @unchecked Sendable {
    // Invariant: written by one forward pass, read by its backward pass, on one thread.
    var value: Value?
}
