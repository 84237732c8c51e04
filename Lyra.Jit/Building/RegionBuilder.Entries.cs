using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>How a call of a script proc is built.</summary>
internal enum CallChoice : byte
{
    /// <summary>Not at all: the interpreter executes it.</summary>
    None,

    /// <summary>As a new generator, which runs later.</summary>
    Generator,

    /// <summary>In line.</summary>
    Inline,

    /// <summary>As a call of the proc's compiled code.</summary>
    Region,

    /// <summary>As a call of the proc's compiled code when the arguments are what that takes, in line otherwise.</summary>
    RegionOrInline,
}

/// <content>Entry regions: their arguments and results, and calls of procs that are compiled as such.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>What is executed in one of so many calls of a proc is rare.</summary>
    private const int RareShare = 8;

    /// <summary>A region of a proc that leaves before the first instruction.</summary>
    public static IrGraph BuildLeaving(LinkedPrototype code, EntrySignature signature)
    {
        RegionBuilder builder = new(new RegionProfile(RegionKind.Entry, code, -1, 0), signature, new RegionLimits(), null, null);
        builder._block = builder._graph.NewBlock();
        builder.BeginEntry();
        builder.EndWithExit();
        return builder._graph;
    }

    private IrGraph NewGraph() => _signature is null
        ? new IrGraph(RegionKind.Loop, _profile.Root.Code, _profile.RootPc)
        : new IrGraph(RegionKind.Entry, _profile.Root.Code, _profile.RootPc)
        {
            ArgumentTypes = _signature.ArgumentTypes,
            ArgumentShapes = _signature.ArgumentShapes,
            ResultType = _signature.ResultType,
            ResultShape = _signature.Result?.Shape,
        };

    /// <summary>The arguments stand in their registers; registers that nothing was put into are dead.</summary>
    private void BeginEntry()
    {
        ReadOnlySpan<EntryArgument> arguments = _signature!.Arguments;
        for (int i = 0; i < arguments.Length; i++)
        {
            IrNode node = _graph.NewNode(IrOp.Argument, arguments[i].Representation.Type).About(arguments[i].Representation.Shape, i);
            Append(node);
            if (arguments[i].Register == EntryArgument.ClosureRegister)
            {
                _scope.Closure = node;
            }
            else
            {
                _scope.Registers[arguments[i].Register] = node;
            }
        }

        // Without captures nothing tells one closure of the proc from another.
        _scope.Closure ??= Object(new Closure(_scope.Code, []));
        Guarded(IrOp.CheckRoom, IrType.None);
    }

    /// <summary>The root frame returns.</summary>
    private void EndWithResult(IrNode? result)
    {
        if (!TryGive(result ?? Nil(), out IrNode? value))
        {
            EndWithExit();
            return;
        }

        _block!.End = IrEnd.Return;
        _block.Value = value;
        _block = null;
    }

    /// <summary>The result as the region gives it, null for a nil that it does not pass; false when it is never of that representation.</summary>
    private bool TryGive(IrNode result, out IrNode? value)
    {
        value = null;
        if (_signature?.Result is { } wanted)
        {
            value = result.IsConstant && result.Type == IrType.Any && wanted.Type != IrType.Any ? null : Convert(result, wanted);
            return value is not null;
        }

        if (_signature is null || result.Type != IrType.Any || result.Op == IrOp.ConstUnset)
        {
            return false;
        }

        if (result.Op != IrOp.ConstNil)
        {
            Guarded(IrOp.Guard, IrType.None, IsNil(result));
        }

        return true;
    }

    /// <summary>
    /// The interpreter can't execute an instruction for an entry region, which is left there. When that happens often the region is worth nothing.
    /// </summary>
    private void RequireRare(Instruction i)
    {
        int calls = _profile.Root.ProfileAt(0)?.Visits ?? 0;
        if (Profile.Visits * RareShare >= calls)
        {
            throw new BuildAbortException(AbortReason.NeedsInterpreter, $"{i.Op} in {Origin(_pc)}");
        }
    }

    /// <summary>How a call of a script proc is to be built.</summary>
    private CallChoice ChooseCall(LinkedPrototype code, IrNode[] arguments)
    {
        if (_scope.IsRedone)
        {
            // A call takes steps, which would be taken twice.
            return CallChoice.None;
        }

        if (code.Kind == ProcKind.Generator)
        {
            return CallChoice.Generator;
        }

        bool canInline = CanInline(code);
        if (_entries is null)
        {
            return canInline ? CallChoice.Inline : CallChoice.None;
        }

        bool isRecursive = IsInChain(code) || (canInline && CallsItself(_scope.Context.FindCallee(_pc, code)!));
        if (canInline && (isRecursive ? IsWorthUnrolling(code) : IsSmall(code, arguments)))
        {
            return CallChoice.Inline;
        }

        bool hasRegion = code.Kind == ProcKind.Normal && FindCall(code, isAskedFor: !canInline || isRecursive) is not null;
        bool mayInline = canInline && !isRecursive;
        return hasRegion ? (mayInline ? CallChoice.RegionOrInline : CallChoice.Region) : mayInline ? CallChoice.Inline : CallChoice.None;
    }

    /// <summary>
    /// Whether a small proc that calls itself is built in line in its own region once: half of the calls, with their saving of registers, are no calls then
    /// (GHC and LuaJIT unroll recursion for the same reason).
    /// </summary>
    private bool IsWorthUnrolling(LinkedPrototype code) => _signature is not null && _scope.Caller is null && ReferenceEquals(code, _scope.Code)
        && RecordedIn(_scope.Context.FindCallee(_pc, code)!) <= _limits.SmallRecursion;

    private bool IsInChain(LinkedPrototype code)
    {
        for (FrameScope? scope = _scope; scope is not null; scope = scope.Caller)
        {
            if (ReferenceEquals(scope.Code, code))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether inlining a callee costs little, or lets a proc that is made for this call be inlined in it.</summary>
    private bool IsSmall(LinkedPrototype code, IrNode[] arguments)
    {
        foreach (IrNode argument in arguments)
        {
            if (argument is { Op: IrOp.NewClosure } or { Op: IrOp.ConstObject, Type: IrType.Closure })
            {
                return true;
            }
        }

        return RecordedIn(_scope.Context.FindCallee(_pc, code)!) <= _limits.SmallCallee;
    }

    /// <summary>How many instructions of a proc were recorded.</summary>
    private static int RecordedIn(CallContext context)
    {
        int recorded = 0;
        for (int pc = 0; pc < context.Code.Prototype.Code.Length; pc++)
        {
            recorded += context.ProfileAt(pc) is null ? 0 : 1;
        }

        return recorded;
    }

    /// <summary>Whether a call leads to another call of the same proc, other than through a proc that is being built.</summary>
    private bool CallsItself(CallContext context)
    {
        Stack<CallContext> work = new(context.Callees);
        while (work.TryPop(out CallContext? callee))
        {
            if (ReferenceEquals(callee.Code, context.Code))
            {
                return true;
            }

            if (!IsInChain(callee.Code))
            {
                foreach (CallContext next in callee.Callees)
                {
                    work.Push(next);
                }
            }
        }

        return false;
    }

    /// <summary>The compiled code of a proc; null when there is none.</summary>
    /// <param name="code">The proc.</param>
    /// <param name="isAskedFor">Whether there is no other way, so that it is worth waiting for.</param>
    private RegionCall? FindCall(LinkedPrototype code, bool isAskedFor)
    {
        if (_signature is not null && ReferenceEquals(code, _profile.Root.Code))
        {
            return new RegionCall(_signature, null);
        }

        if (!_cells.TryGetValue(code, out EntryCell? cell))
        {
            cell = _entries!.Find(code);
            _cells.Add(code, cell);
        }

        if (cell is not null)
        {
            return new RegionCall(cell.Signature, cell);
        }

        if (isAskedFor && _entries!.IsToWaitFor(code, _profile))
        {
            throw new BuildAbortException(AbortReason.WaitsForCallee, code.Prototype.Name) { Callee = code };
        }

        return null;
    }

    /// <summary>A call of compiled code; false, with nothing built, when the arguments can't be what it takes.</summary>
    private bool BuildRegionCall(in Callee callee, IrNode[] given)
    {
        RegionCall call = FindCall(callee.Code, isAskedFor: false)!;
        if (callee.DropsResult || !Fits(call.Signature, given))
        {
            return false;
        }

        ReadOnlySpan<EntryArgument> arguments = call.Signature.Arguments;
        IrNode[] inputs = new IrNode[arguments.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = arguments[i].Register == EntryArgument.ClosureRegister ? callee.Closure : Convert(given[arguments[i].Register], arguments[i].Representation)!;
        }

        ChargeSteps(callee.Code.EntryCost);
        IrNode node = _graph.NewNode(IrOp.CallRegion, call.Signature.ResultType, inputs).About(call, _scope.Depth);
        node.Exit = BehindCall(callee);
        Append(node);
        _maxDepth = Math.Max(_maxDepth, _scope.Depth + 1 + _limits.MaxInlineDepth);
        SetRegister(callee.Target, node.Type == IrType.None ? Nil() : node);
        return true;
    }

    /// <summary>Whether the arguments can be of the representations that the callee takes.</summary>
    private static bool Fits(EntrySignature signature, IrNode[] given)
    {
        foreach (EntryArgument argument in signature.Arguments)
        {
            if (argument.Register == EntryArgument.ClosureRegister)
            {
                continue;
            }

            IrNode value = given[argument.Register];
            Representation wanted = argument.Representation;
            bool fits = wanted.Type == IrType.Any || Representation.Of(value) == wanted || (value.Type == IrType.Any && !value.IsConstant);
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The state behind a call that was left early: everything but its result.</summary>
    private Snapshot BehindCall(in Callee callee)
    {
        Snapshot snapshot = NewSnapshot(_pc + 1);
        snapshot.Frames[^1] = NewFrame(_scope, _pc + 1, SlotsInCall(_scope, _pc, callee.Window, callee.Target));
        snapshot.Callee = new SnapshotCallee(_scope.Base + callee.Window, _scope.Base + callee.Target);
        return snapshot;
    }
}
