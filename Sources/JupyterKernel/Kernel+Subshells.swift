import JupyterProtocol

/// Subshells: shells beside the main one, whose cells run while a cell of another shell rests.
extension Kernel {
    @Sendable func createSubshell(_ request: Message) -> [String: JSONValue]? {
        ["status": "ok", "subshell_id": .string(cells.makeSubshell())]
    }

    @Sendable func deleteSubshell(_ request: Message) throws -> [String: JSONValue]? {
        guard let id = request.content["subshell_id"]?.string else {
            throw RequestError("delete_subshell_request: expected a string as subshell_id")
        }
        guard cells.removeSubshell(id) else { throw RequestError.unknownSubshell(id) }
        return ["status": "ok"]
    }

    @Sendable func listSubshells(_ request: Message) -> [String: JSONValue]? {
        ["status": "ok", "subshell_id": .array(cells.subshells.map { .string($0) })]
    }
}

extension RequestError {
    /// A request for a subshell that was never made or is gone.
    static func unknownSubshell(_ id: String) -> RequestError {
        RequestError("there is no subshell \(id)")
    }
}
