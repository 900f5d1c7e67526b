import NeuralNetworks

/// What a published network is made of: a value that can be changed before the network is made.
///
///     var small = ResNetConfig.resNet18
///     small.blocks = [1, 1, 1, 1]
///     let net = try Network(small)
public protocol Architecture: Sendable {
    /// What the network is called: `ResNet18`.
    var name: String { get }
    /// The number of classes that it tells apart.
    var classes: Int { get set }
    /// The number of channels of its images.
    var inputChannels: Int { get set }
    /// Height and width of the images it was published for, in pixels; vision transformers take no
    /// others.
    var imageSize: Int { get }

    /// The layers, whose weights begin as the paper or torchvision begins them. Names of parameters
    /// are those of the published weights.
    ///
    /// Throws where sizes are not positive, do not fit together or do not fit into memory.
    func layers() throws -> Sequential
}

extension Architecture {
    /// The network with another number of classes and input channels.
    func network(classes: Int, inputChannels: Int) throws -> Network {
        var changed = self
        changed.classes = classes
        changed.inputChannels = inputChannels
        return try Network(changed)
    }
}
