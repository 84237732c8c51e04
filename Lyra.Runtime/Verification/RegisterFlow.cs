using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Computes the state of each register on all paths of one prototype, forward from its parameters to a fixed point; then checks every
/// reachable instruction against it. It enforces the invariants "Data flow" of <see cref="BytecodeVerifier"/>.
/// <para>
/// States are kept at the starts of blocks and for each handler. Any instruction of a handler's range may throw, before or after its
/// writes, so the states on both sides of it flow into the handler. Two errors are attributed to other instructions: exhausting the budget
/// at a back-edge, to the instruction before the loop's body; cancelling a waiting task, to the instruction before the one that waits.
/// </para>
/// </summary>
internal sealed class RegisterFlow
{
    /// <summary>The bytes of an array besides its elements, and of the reference to it.</summary>
    private const int StateOverhead = 32;

    private readonly Prototype _prototype;
    private readonly CompiledModule _module;
    private readonly ModuleProcs _procs;
    private readonly CaptureKinds _captures;
    private readonly FaultList _faults;
    private readonly Instruction[] _code;
    private readonly HandlerTree _handlers;
    private readonly RegisterState[]?[] _entry;
    private readonly bool[] _isDirty;
    private readonly bool[] _isLeader;
    private readonly RegisterState[]?[] _atHandler;
    private readonly bool[] _isHandlerDirty;
    private readonly RegisterState[] _now;
    private readonly RegisterSpan[] _reads = new RegisterSpan[RegisterUse.MaxSpans];
    private readonly RegisterState[] _scratch;
    private long _bytes;
    private bool _isChecking;

    public RegisterFlow(Prototype prototype, CompiledModule module, ModuleProcs procs, CaptureKinds captures, FaultList faults)
    {
        _prototype = prototype;
        _module = module;
        _procs = procs;
        _captures = captures;
        _faults = faults;
        _code = prototype.Code;
        _handlers = HandlerTree.TryBuild(prototype, out _)!;
        faults.Meter.Count(((IntPtr.Size + 2L) * _code.Length) + (2L * prototype.RegisterCount));
        _entry = new RegisterState[_code.Length][];
        _isLeader = new bool[_code.Length];
        _isDirty = new bool[_code.Length];
        _atHandler = new RegisterState[prototype.Handlers.Length][];
        _isHandlerDirty = new bool[prototype.Handlers.Length];
        _now = new RegisterState[prototype.RegisterCount];
        _scratch = new RegisterState[prototype.RegisterCount];
    }

    private bool IsTooComplex => _bytes > VerifierLimits.MaxFlowBytes || _faults.Work < 0;

    public void Verify()
    {
        FindLeaders();
        EnterParameters();
        while (WalkDirtyBlocks() && !IsTooComplex)
        {
            EnterHandlers();
        }

        _isChecking = true;
        for (int pc = 0; pc < _code.Length && !_faults.IsFull && !IsTooComplex; pc++)
        {
            if (_entry[pc] is not null)
            {
                WalkBlock(pc);
            }
        }

        _faults.Require(!IsTooComplex, "the code is too large to be verified");
    }

    private bool WalkDirtyBlocks()
    {
        bool isChanged = false;
        for (int pc = 0; pc < _code.Length && !IsTooComplex; pc++)
        {
            if (_isDirty[pc])
            {
                isChanged = true;
                _isDirty[pc] = false;
                WalkBlock(pc);
            }
        }

        return isChanged;
    }

    private void FindLeaders()
    {
        _isLeader[0] = true;
        for (int pc = 0; pc < _code.Length; pc++)
        {
            OpcodeInfo row = OpcodeInfo.Of(_code[pc].Op);
            int target = row.JumpTarget(_code[pc], pc);
            if (target >= 0)
            {
                _isLeader[target] = true;
            }

            if (row.Jumps && pc + 1 < _code.Length)
            {
                _isLeader[pc + 1] = true;
            }
        }

        foreach (SwitchTable table in _prototype.SwitchTables)
        {
            _isLeader[table.DefaultPc] = true;
            foreach (KeyValuePair<Values.Value, int> entry in table.Cases)
            {
                _isLeader[entry.Value] = true;
            }
        }

        foreach (HandlerInfo handler in _prototype.Handlers)
        {
            if (handler.IsEntered)
            {
                _isLeader[handler.HandlerPc] = true;
            }
        }
    }

    private void EnterParameters()
    {
        for (int i = 0; i < _prototype.Parameters.Length; i++)
        {
            _now[i] = _prototype.Parameters[i].HasDefault ? RegisterState.MaybeUnset : RegisterState.Value;
        }

        FlowTo(0, _now);
    }

    /// <summary>Joins a state into that at the start of a block.</summary>
    private void FlowTo(int pc, ReadOnlySpan<RegisterState> state) => JoinInto(ref _entry[pc], ref _isDirty[pc], state);

    private void JoinInto(ref RegisterState[]? known, ref bool isDirty, ReadOnlySpan<RegisterState> state)
    {
        if (_isChecking)
        {
            return;
        }

        _faults.Spend(8 + (state.Length / 16));
        if (known is null)
        {
            _bytes += state.Length + StateOverhead;
            _faults.Meter.Count(state.Length + StateOverhead);
            known = state.ToArray();
            isDirty = true;
            return;
        }

        if (state.SequenceEqual(known))
        {
            return;
        }

        _faults.Spend(state.Length);
        for (int i = 0; i < known.Length; i++)
        {
            RegisterState joined = RegisterStates.Join(known[i], state[i]);
            isDirty |= joined != known[i];
            known[i] = joined;
        }
    }

    private void WalkBlock(int start)
    {
        _entry[start]!.CopyTo(_now, 0);
        _faults.Spend(_now.Length / 16);
        for (int pc = start; !IsTooComplex;)
        {
            Instruction i = _code[pc];
            OpcodeInfo row = OpcodeInfo.Of(i.Op);
            bool mayRaise = row.MayRaise;
            if (mayRaise)
            {
                FlowToHandler(pc, _now);
            }

            if (row.Has(OpTraits.Waits))
            {
                FlowToHandler(pc - 1, _now);
            }

            if (_isChecking)
            {
                CheckInstruction(pc, i);
            }

            Apply(i, row);
            FlowAlongJumps(pc, i, row);
            if (!RegisterUse.JumpsToElement(i.Op))
            {
                SetAll(RegisterUse.LoopVariables(i), RegisterState.Value);
            }

            if (mayRaise)
            {
                FlowToHandler(pc, _now);
            }

            pc++;
            if (row.Ends)
            {
                return;
            }

            if (_isLeader[pc])
            {
                FlowTo(pc, _now);
                return;
            }
        }
    }

    private void FlowAlongJumps(int pc, in Instruction i, OpcodeInfo row)
    {
        if (row.B == OperandKind.SwitchTable)
        {
            SwitchTable table = _prototype.SwitchTables[i.Wide];
            FlowTo(table.DefaultPc, _now);
            foreach (KeyValuePair<Values.Value, int> entry in table.Cases)
            {
                FlowTo(entry.Value, _now);
            }
        }

        int target = row.JumpTarget(i, pc);
        if (target < 0)
        {
            return;
        }

        RegisterSpan variables = RegisterUse.LoopVariables(i);
        bool refines = i.Op == Opcode.JumpIfSet || (variables.Count > 0 && RegisterUse.JumpsToElement(i.Op));
        if (!refines)
        {
            FlowTo(target, _now);
            return;
        }

        _now.CopyTo(_scratch, 0);
        RegisterSpan written = variables.Count > 0 ? variables : new RegisterSpan(i.A, 1);
        _scratch.AsSpan(written.First, written.Count).Fill(RegisterState.Value);
        FlowTo(target, _scratch);
        FlowToHandler(pc, _scratch);
        if (row.IsBackEdge)
        {
            FlowToHandler(target - 1, _scratch);
        }
    }

    /// <summary>Joins the state at a throwing instruction into the innermost handler that handles its errors.</summary>
    private void FlowToHandler(int pc, ReadOnlySpan<RegisterState> state)
    {
        int handler = _handlers.NextHandling(_handlers.InnermostAt(pc));
        if (handler != HandlerTree.None)
        {
            JoinInto(ref _atHandler[handler], ref _isHandlerDirty[handler], state);
        }
    }

    /// <summary>
    /// Propagates the states of handlers to their code, and to the outer handlers of errors that they do not handle. Inner ones come first.
    /// </summary>
    private void EnterHandlers()
    {
        for (int handler = 0; handler < _atHandler.Length && !IsTooComplex; handler++)
        {
            if (!_isHandlerDirty[handler])
            {
                continue;
            }

            _isHandlerDirty[handler] = false;
            HandlerInfo info = _prototype.Handlers[handler];
            int next = _handlers.NextAfter(handler);
            if (next != HandlerTree.None)
            {
                JoinInto(ref _atHandler[next], ref _isHandlerDirty[next], _atHandler[handler]);
            }

            _atHandler[handler]!.CopyTo(_scratch, 0);
            _scratch.AsSpan(info.Register, info.Registers).Fill(RegisterState.Value);
            FlowTo(info.HandlerPc, _scratch);
        }
    }

    /// <summary>Applies the effects of an instruction on the registers that occur on every edge out of it.</summary>
    private void Apply(in Instruction i, OpcodeInfo row)
    {
        _faults.Spend(1);
        RegisterState copied = row.Result == OpResult.Copy ? _now[i.B] : default;
        int clobbered = RegisterUse.ClobbersFrom(i);
        if (clobbered >= 0)
        {
            _faults.Spend((_now.Length - clobbered) / 16);
            _now.AsSpan(clobbered).Clear();
        }

        switch (row.A)
        {
            case OperandKind.RangeState:
                _now[i.A] = RegisterState.RangeIndex;
                _now[i.A + 1] = RegisterState.RangeLimit;
                return;
            case OperandKind.IteratorState or OperandKind.ForEachState or OperandKind.ForEachPairState:
                _now[i.A] = RegisterState.IterationSource;
                _now[i.A + 1] = RegisterState.IterationPosition;
                _now[i.A + 2] = RegisterState.IterationExtra;
                return;
        }

        SetAll(RegisterUse.Writes(i), row.Result switch
        {
            OpResult.Value or OpResult.Literal => RegisterState.Value,
            OpResult.List => RegisterState.List,
            OpResult.Copy => copied,
            OpResult.Unset => RegisterState.MaybeUnset,
            OpResult.Upvalue => RegisterState.Upvalue,
        });
    }

    private void SetAll(RegisterSpan span, RegisterState state) => _now.AsSpan(span.First, span.Count).Fill(state);

    private void CheckInstruction(int pc, in Instruction i)
    {
        string? fault = OpcodeInfo.Of(i.Op).Registers switch
        {
            RegisterRule.Values => ReadsFault(i),
            RegisterRule.Any => _now[i.B] is RegisterState.Upvalue or RegisterState.MaybeUnset ? null : ReadFault(i.B, 1),
            RegisterRule.MaybeUnset => _now[i.A] == RegisterState.MaybeUnset ? null : ReadFault(i.A, 1),
            RegisterRule.UpvalueInB => BoxFault(i.B),
            RegisterRule.UpvalueInA => BoxFault(i.A) ?? ReadFault(i.B, 1),
            RegisterRule.RangeLoop => StateFault(i.A, RegisterState.RangeIndex) ?? StateFault(i.A + 1, RegisterState.RangeLimit),
            RegisterRule.Iteration => IterationFault(i.A),
            RegisterRule.ProcArguments => WindowFault(i, _procs.ProcOf(i.B)!.Parameters, null),
            RegisterRule.StructFields => WindowFault(i, ConstructorOf(i.B), null),
            RegisterRule.BuiltinArguments => WindowFault(i, null, LibraryTable.FindQualified(_module.Builtins[i.B])),
            RegisterRule.Spread => ReadsFault(i) ?? SpreadFault(i),
            RegisterRule.Captures => ReadsFault(i) ?? CaptureFault(_prototype.Children[i.Wide]),
        };
        fault ??= HandlerFault(pc);
        if (fault is not null)
        {
            _faults.AddAt(pc, i, fault);
        }
    }

    private string? ReadsFault(in Instruction i)
    {
        int count = RegisterUse.Reads(i, _reads);
        string? fault = null;
        for (int n = 0; n < count && fault is null; n++)
        {
            fault = ReadFault(_reads[n].First, _reads[n].Count);
        }

        return fault;
    }

    private string? ReadFault(int first, int count)
    {
        for (int register = first; register < first + count; register++)
        {
            if (!_now[register].IsReadable())
            {
                return UnreadableText(register);
            }
        }

        return null;
    }

    private string UnreadableText(int register) => _now[register] switch
    {
        RegisterState.Upvalue => $"r{register} holds an upvalue, which is not a value",
        RegisterState.MaybeUnset => $"r{register} may hold the unset marker, which is not a value",
        RegisterState.RangeIndex or RegisterState.RangeLimit
            or RegisterState.IterationSource or RegisterState.IterationPosition or RegisterState.IterationExtra =>
            $"r{register} holds the state of a loop, which is not a value",
        RegisterState.Unknown or RegisterState.Value or RegisterState.List => $"r{register} is read, but not written on every path to here",
    };

    private string? BoxFault(int register) =>
        _now[register] == RegisterState.Upvalue ? null : $"r{register} does not hold an upvalue on every path to here";

    private string? StateFault(int register, RegisterState state) =>
        _now[register] == state ? null : $"r{register} does not hold the state of the loop on every path to here";

    private string? IterationFault(int register) =>
        StateFault(register, RegisterState.IterationSource)
        ?? StateFault(register + 1, RegisterState.IterationPosition)
        ?? StateFault(register + 2, RegisterState.IterationExtra);

    /// <summary>The arguments of a call without callee: an unset marker may stand for an optional parameter.</summary>
    private string? WindowFault(in Instruction i, ParameterInfo[]? parameters, Intrinsic? builtin)
    {
        for (int n = 0; n < i.C; n++)
        {
            bool mayBeUnset = parameters is null ? builtin is not null && IsOptional(builtin, n) : parameters[n].HasDefault;
            int register = i.A + 1 + n;
            if (!(_now[register].IsReadable() || (mayBeUnset && _now[register] == RegisterState.MaybeUnset)))
            {
                return UnreadableText(register);
            }
        }

        return null;
    }

    private static bool IsOptional(Intrinsic builtin, int argument)
    {
        int named = builtin.MaxArguments == int.MaxValue ? builtin.ParameterNames.Length - 1 : builtin.ParameterNames.Length;
        return argument >= builtin.RequiredParameters && argument < named;
    }

    private string? SpreadFault(in Instruction i) =>
        _prototype.CallDescriptors[i.B].HasSpread && _now[i.A + 1] != RegisterState.List
            ? $"r{i.A + 1} does not hold the list that is spread"
            : null;

    private ParameterInfo[] ConstructorOf(int variable)
    {
        StructInfo info = _procs.StructOf(variable)!;
        return _procs.OwnerOfStructs.Children[info.Constructor].Parameters;
    }

    private string? CaptureFault(Prototype child)
    {
        for (int n = 0; n < child.Captures.Length; n++)
        {
            if (!child.Captures[n].FromRegister)
            {
                continue;
            }

            int register = child.Captures[n].Index;
            string? fault = _captures.KindOf(child, n) switch
            {
                CaptureKind.Upvalue => BoxFault(register),
                CaptureKind.Value => ReadFault(register, 1),
                CaptureKind.Unused => _now[register] == RegisterState.Unknown ? UnreadableText(register) : null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Checks the registers that observing handlers read while an error propagates through them.</summary>
    private string? HandlerFault(int pc)
    {
        for (int handler = _handlers.InnermostAt(pc); handler != HandlerTree.None; handler = _handlers.Parent(handler))
        {
            HandlerInfo info = _prototype.Handlers[handler];
            string? fault = info.Kind switch
            {
                HandlerKind.CloseIterator => IterationFault(info.Register),
                HandlerKind.CatchBody or HandlerKind.FinallyBody => ReadFault(info.Register, info.Registers),
                HandlerKind.Catch or HandlerKind.Finally => null,
            };
            _faults.Spend(1);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }
}
