import OneDNN
import Synchronization

/// A multidimensional array of numbers, and a value: changing a copy leaves the original alone.
///
/// Images are `[N, C, H, W]`. How the elements lie in memory is private; reading them always gives
/// row-major logical order.
///
///     let x = try Tensor([[1, 2], [3, 4]])
///     x.shape  // [2, 2]
///
/// A tensor may be read on any thread; operations run on the thread that holds the interpreter.
public struct Tensor: @unchecked Sendable {
    // Invariant: a handle's representation is behind its lock, its gradient state is used only by
    // the thread that runs operations.
    var handle: TensorHandle

    init(handle: TensorHandle) { self.handle = handle }

    init(_ spec: TensorSpec, _ storage: Storage, _ layout: Layout) {
        handle = TensorHandle(spec, Representation(storage: storage, layout: layout))
    }

    /// A dense row-major tensor over all of `storage`.
    init(_ spec: TensorSpec, dense storage: Storage) {
        self.init(spec, storage, .strided(offset: 0, strides: spec.contiguousStrides))
    }

    /// A tensor over a buffer with the format of `descriptor`.
    init(_ spec: TensorSpec, _ storage: Storage, _ descriptor: MemoryDescriptor) {
        self.init(spec, storage, Layout(descriptor, rank: spec.rank))
    }

    /// A tensor with a shape and no elements: operations on it run their shape rules alone.
    public static func symbolic(_ spec: TensorSpec) -> Tensor {
        Tensor(handle: TensorHandle(spec, nil))
    }

    /// The shape and the element type together, which symbolic tensors have too.
    public var spec: TensorSpec { handle.spec }
    /// The size of each axis, such as `[N, C, H, W]`; `[]` for a scalar.
    public var shape: [Int] { handle.spec.shape }
    /// The type of the elements; float32 for numbers unless told otherwise.
    public var dtype: DType { handle.spec.dtype }
    /// How many axes there are.
    public var rank: Int { handle.spec.shape.count }
    /// How many elements there are.
    public var count: Int { handle.spec.count }
    /// Whether it has a shape and no elements.
    public var isSymbolic: Bool { handle.isSymbolic }

    /// Whether both are the same tensor in memory, which implies equal elements.
    public func isIdentical(to other: Tensor) -> Bool { handle === other.handle }
}

/// What every copy of one tensor value shares.
final class TensorHandle: @unchecked Sendable {
    // Invariant: see `Tensor`.
    let spec: TensorSpec
    let isSymbolic: Bool
    private let content: Mutex<Content>

    /// Whether `backward()` should leave a gradient here.
    var requiresGradient = false
    var gradient: Tensor?
    /// The operation that made this tensor, where it is on the tape, and which output it was.
    var node: Node?
    var outputIndex = 0
    /// What the numbers are; set before the tensor is shared.
    var meaning: TensorMeaning?
    /// What a shape without elements depends on; set before the tensor is shared.
    var receptiveField: ReceptiveField?
    /// Which operation of the trace that was running gave it.
    var producer: Int?
    /// Where the sizes of a shape without elements come from; set before the tensor is shared.
    var origin = SizeOrigin.unknown

    /// At most one of the two.
    private struct Content {
        var kept: Representation?
        var unread: UnreadElements?
    }

    init(_ spec: TensorSpec, _ representation: Representation?) {
        self.spec = spec
        isSymbolic = representation == nil
        content = Mutex(Content(kept: representation))
    }

    init(_ spec: TensorSpec, _ unread: UnreadElements) {
        self.spec = spec
        isSymbolic = false
        content = Mutex(Content(unread: unread))
    }

    private init(_ spec: TensorSpec, _ content: Content) {
        self.spec = spec
        isSymbolic = content.kept == nil && content.unread == nil
        self.content = Mutex(content)
    }

    /// Another handle of the same elements, off the tape.
    func copy() -> TensorHandle { TensorHandle(spec, content.withLock { $0 }) }

    /// Whether gradients flow to or through this tensor.
    var isTracked: Bool { requiresGradient || node != nil }

    /// The elements in memory; `nil` for a symbolic tensor and for what is still in a file.
    var kept: Representation? { content.withLock { $0.kept } }

    /// Where the elements are still in a file.
    var unread: UnreadElements? { content.withLock { $0.unread } }

    /// The elements in memory, read first where they are still in a file; `nil` for a symbolic
    /// tensor. Who else asks meanwhile waits.
    func representation() throws -> Representation? {
        try content.withLock { content in
            if let unread = content.unread {
                content = Content(kept: try unread.read(spec))
            }
            return content.kept
        }
    }

    /// Keeps the same elements in another layout from now on.
    func adopt(_ representation: Representation) {
        content.withLock { $0 = Content(kept: representation) }
    }

    /// Whether nobody else refers to the storage; the handle itself must be unique too.
    func ownsStorageAlone() -> Bool {
        content.withLock { content in
            guard content.kept != nil else { return false }
            return isKnownUniquelyReferenced(&content.kept!.storage)
        }
    }
}
