extension Emitter {
    /// The statements of a block, with the deferred ones at its end.
    func block(_ statements: [Stmt]) throws(ScriptError) {
        let depth = exits.count
        let firstDefer = defers.count
        let saved = (nextRaw, nextValue)
        // Local functions may refer to each other, so their cells are there from the start.
        for statement in statements {
            guard case .localFunction(_, let variable) = statement.kind else { continue }
            variable.register = newValue()
            if variable.isShared {
                emit(.clear, variable.register)
                emit(.makeCell, variable.register)
            }
        }
        for statement in statements { try self.statement(statement) }
        try leave(to: depth)
        exits.removeSubrange(depth...)
        try landDefers(from: firstDefer)
        (nextRaw, nextValue) = saved
    }

    /// Where an error arrives that passes the deferred statements of a block.
    private func landDefers(from first: Int) throws(ScriptError) {
        guard defers.count > first else { return }
        let end = emit(.jump)
        while defers.count > first {
            let (handler, register, body) = defers.removeLast()
            land(handler)
            try block(body)
            emit(.rethrow, register)
        }
        land(end)
    }

    /// Runs deferred blocks and drops handlers down to a depth, without forgetting them.
    private func leave(to depth: Int) throws(ScriptError) {
        let all = exits
        while exits.count > depth {
            switch exits.removeLast() {
            case .handler: emit(.popHandler)
            case .deferred(let body):
                emit(.popHandler)
                try block(body)
            }
        }
        exits = all
    }

    func statement(_ s: Stmt) throws(ScriptError) {
        guard stack.hasRoom else { throw tooDeep(s.span) }
        span = s.span
        switch s.kind {
        case .expression(let e): try effect(e)
        case .result(let e):
            try scratch { () throws(ScriptError) in
                let register = newValue()
                try value(e, into: register)
                emit(.setResult, register)
                emit(.clear, register)
            }
        case .declare(let storage, let e): try declare(storage, e)
        case .destructure(let pattern, let e):
            let register = newValue()
            try value(e, into: register)
            let failures = try match(pattern, register, type: e.type)
            land(failures)
        case .block(let body): try block(body)
        case .if(let conditions, let body, let otherwise):
            try ifStatement(conditions, body, otherwise)
        case .while(let conditions, let body, let label):
            try whileLoop(conditions, body, label)
        case .repeat(let body, let condition, let label):
            loops.append(Loop(label: label, exitDepth: exits.count))
            let start = position
            try block(body)
            land(loops[loops.count - 1].continues)
            span = condition.span
            let done = try branch(condition, whenTrue: false)
            jumpBack(to: start)
            land(done)
            land(loops.removeLast().breaks)
        case .forIn(let pattern, let sequence, let filter, let body, let label):
            try forLoop(LoopBody(pattern, filter, body, label), sequence)
        case .switch(let subject, let cases, let label):
            try switchStatement(subject, cases, label)
        case .return(let e): try returnStatement(e)
        case .break(let label): try jump(outOf: label, isBreak: true)
        case .continue(let label): try jump(outOf: label, isBreak: false)
        case .fallthrough: fallthroughJumps.append(emit(.jump))
        case .throw(let e):
            try scratch { () throws(ScriptError) in emit(.throw, try operand(e)) }
        case .doCatch(let body, let error, let clauses): try doCatch(body, error, clauses)
        case .defer(let body):
            let register = newValue()
            defers.append((emit(.pushHandler, register), register, body))
            exits.append(.deferred(body))
        case .localFunction(let declaration, let variable):
            if declaration.context.captures.isEmpty {
                try interpreter.compile(declaration.context, declaration, prototype.source)
                emit(.makeClosure, variable.register, callee(declaration.context.prototype))
                return
            }
            try scratch { () throws(ScriptError) in
                let register = newValue()
                try closure(declaration.context, declaration, into: register)
                if variable.isShared {
                    emit(.storeCell, variable.register, register)
                    emit(.clear, register)
                } else {
                    emit(.take, variable.register, register)
                }
            }
        case .collect(let e):
            try scratch { () throws(ScriptError) in
                let register = newValue()
                try value(e, into: register)
                emit(.append, collector, register)
            }
        }
    }

    private func declare(_ storage: Storage, _ e: Expr?) throws(ScriptError) {
        switch storage {
        case .local(let variable):
            if variable.context !== context {
                if let e { try store(e, in: storage, isDeclaration: true) }
                return
            }
            // A branch of an `if` that gives a value stores to a variable that has its register.
            if variable.register < 0 { variable.register = variable.isRaw ? newRaw() : newValue() }
            if variable.isShared {
                if let e {
                    try value(e, into: variable.register)
                } else {
                    emit(.clear, variable.register)
                }
                emit(.makeCell, variable.register)
            } else if let e {
                try store(e, in: storage, isDeclaration: true)
            }
        case .global(let global):
            if let e {
                try store(e, in: storage, isDeclaration: true)
            } else {
                _ = self.global(global)
            }
        }
    }

    private func ifStatement(_ conditions: [Condition], _ body: [Stmt], _ otherwise: [Stmt])
        throws(ScriptError)
    {
        // What a guard binds outlives the statement, so its registers stay taken.
        let saved = (nextRaw, nextValue)
        let failures = try self.conditions(conditions)
        if body.isEmpty, !otherwise.isEmpty {
            let end = emit(.jump)
            land(failures)
            try block(otherwise)
            land(end)
            return
        }
        try block(body)
        if otherwise.isEmpty {
            land(failures)
        } else {
            let end = emit(.jump)
            land(failures)
            try block(otherwise)
            land(end)
        }
        (nextRaw, nextValue) = saved
    }

    /// Jumps taken where one of the conditions fails.
    private func conditions(_ conditions: [Condition]) throws(ScriptError) -> [Int] {
        var failures: [Int] = []
        for condition in conditions {
            switch condition {
            case .expression(let e):
                span = e.span
                failures += try branch(e, whenTrue: false)
            case .bind(let pattern, let e):
                span = e.span
                let register = newValue()
                failures.append(try unwrapped(e, into: register))
                failures += try match(pattern, register, type: .any)
            case .match(let pattern, let e):
                span = e.span
                let register = newValue()
                try value(e, into: register)
                failures += try match(pattern, register, type: e.type)
            }
        }
        return failures
    }

    private func whileLoop(_ conditions: [Condition], _ body: [Stmt], _ label: LoopLabel)
        throws(ScriptError)
    {
        let saved = (nextRaw, nextValue)
        loops.append(Loop(label: label, exitDepth: exits.count))
        let start = position
        if conditions.count == 1, case .expression(let test) = conditions[0] {
            // The test stands at the end as well, so that a turn costs one jump.
            let skip = try branch(test, whenTrue: false)
            let top = position
            try block(body)
            land(loops[loops.count - 1].continues)
            span = test.span
            let done = try branch(test, whenTrue: false)
            jumpBack(to: top)
            land(skip)
            land(done)
        } else {
            let failures = try self.conditions(conditions)
            try block(body)
            for jump in loops[loops.count - 1].continues { land(jump) }
            jumpBack(to: start)
            land(failures)
        }
        land(loops.removeLast().breaks)
        (nextRaw, nextValue) = saved
    }

    private func jump(outOf label: LoopLabel, isBreak: Bool) throws(ScriptError) {
        guard let index = loops.lastIndex(where: { $0.label === label }) else { return }
        try leave(to: loops[index].exitDepth)
        let jump = emit(.jump)
        if isBreak { loops[index].breaks.append(jump) } else { loops[index].continues.append(jump) }
    }

    private func returnStatement(_ e: Expr?) throws(ScriptError) {
        try scratch { () throws(ScriptError) in
            if context.isInitializer, let own = context.selfVariable {
                try leave(to: 0)
                if let e, case .constant(.none) = e.kind {
                    emit(.returnValue, constant(.none))
                } else {
                    returnSelf(own)
                }
                return
            }
            guard let e, e.type != .void, context.result != .void else {
                if let e { try effect(e) }
                try leave(to: 0)
                emit(.returnVoid)
                return
            }
            if let kind = RawKind(context.result) {
                var register = try raw(typed(e, context.result))
                if !exits.isEmpty {
                    let copy = newRaw()
                    emit(.moveRaw, copy, register)
                    register = copy
                }
                try leave(to: 0)
                emit(.returnRaw, register, x: kind.rawValue)
                return
            }
            // A variable is returned by moving it, so that what it holds stays unshared.
            if exits.isEmpty {
                let register = newValue()
                if case .local(let variable) = e.kind, !variable.isRaw, !variable.isShared,
                    variable.context === context, !variable.isInOut
                {
                    emit(.returnValue, variable.register)
                    return
                }
                try value(e, into: register)
                emit(.returnValue, register)
                return
            }
            let register = newValue()
            try value(e, into: register)
            try leave(to: 0)
            emit(.returnValue, register)
        }
    }

    private func typed(_ e: Expr, _ type: ScriptType) -> Expr {
        e.type == type ? e : Expr(.convert(e), type, e.span)
    }
}
