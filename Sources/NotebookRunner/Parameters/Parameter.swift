import Sessions

/// A value that takes the place of a default in the cell tagged `parameters`.
public struct Parameter: Sendable, Equatable {
    public var name: String
    public var value: JSON

    /// A value under a name.
    ///
    /// - Throws: `ParameterError` for a name that is none in the language.
    public init(_ name: String, _ value: JSON) throws(ParameterError) {
        guard SwiftLiteral.isName(name) else {
            throw ParameterError("'\(name)' is no name of a variable")
        }
        self.name = name
        self.value = value
    }

    /// Reads `name=value`, the value as YAML has it: `3`, `0.5`, `true`, `null`, `"3"`, `[1, 2]`, and
    /// text where it is nothing else.
    public init(argument: String) throws(ParameterError) {
        guard let equals = argument.firstIndex(of: "=") else {
            throw ParameterError("expected name=value, got '\(argument)'")
        }
        let text = String(argument[argument.index(after: equals)...])
        // Only what is marked as such is more than one word, so that 'a: b' is text.
        let isMarked = text.first.map { "[{\"'".contains($0) } ?? false
        let value: JSON
        do throws(ParameterError) {
            value = try isMarked ? YAML.value(text) : YAML.scalar(text)
        } catch {
            throw ParameterError("\(argument): \(error.problem)")
        }
        try self.init(String(argument[..<equals]), value)
    }

    /// The members of a YAML file.
    public static func all(inFile path: String) throws(ParameterError) -> [Parameter] {
        let text: String
        do throws(FileError) {
            text = try TextFile.text(of: path)
        } catch {
            throw ParameterError(error.description)
        }
        do throws(ParameterError) {
            switch try YAML.value(text) {
            case .null: return []
            case .object(let object):
                var parameters: [Parameter] = []
                for member in object.members {
                    parameters.append(try Parameter(member.name, member.value))
                }
                return parameters
            default: throw ParameterError("expected names with values, as 'epochs: 3'")
            }
        } catch {
            throw ParameterError("\(path): \(error.problem)")
        }
    }
}

/// A parameter that cannot be used.
public struct ParameterError: Error, Sendable, CustomStringConvertible {
    public var problem: String

    init(_ problem: String) { self.problem = problem }

    public var description: String { problem }
}
