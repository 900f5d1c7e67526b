/// The version that front ends tell about themselves.
public enum ProductVersion {
    public static let current = "0.1.0"
}
