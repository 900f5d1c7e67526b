/// The vision engine: tensors, networks, images, data sets, training and analysis in one import.
@_exported import Analysis
@_exported import Hosting
@_exported import NeuralNetworks
@_exported import Plots
@_exported import Tensors
@_exported import Training
@_exported import VisionData
@_exported import VisionModels
