using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>A call of a script proc: what runs, and where its frame lies. Positions count from the caller's first register.</summary>
/// <param name="Code">The proc.</param>
/// <param name="Closure">What runs, a node of type Closure that is known to run the code.</param>
/// <param name="Window">Where its registers begin.</param>
/// <param name="Target">The caller's register that takes the result.</param>
/// <param name="DropsResult">Whether nothing takes the result (a <c>__setindex</c> hook).</param>
internal readonly record struct Callee(LinkedPrototype Code, IrNode Closure, int Window, int Target, bool DropsResult = false);

/// <content>Calls of script procs: small callees that were recorded are built in line.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Most arguments that a rest parameter's list is built from in line.</summary>
    private const int MaxRest = 4;

    /// <summary>
    /// A call with positional arguments as the script gives them. False, with nothing built, when only the interpreter can make it; whatever the
    /// caller has guarded before stays valid then.
    /// </summary>
    private bool BuildCallOf(in Callee callee, IrNode[] given)
    {
        CallChoice choice = ChooseCall(callee.Code, given);
        return choice != CallChoice.None && Complete(callee.Code, given) is { } arguments && BuildChosenCall(choice, callee, arguments);
    }

    /// <summary>As <see cref="BuildCallOf"/>, with one argument for each parameter: unset markers and the rest list are among them.</summary>
    private bool BuildCompleteCall(in Callee callee, IrNode[] arguments) => BuildChosenCall(ChooseCall(callee.Code, arguments), callee, arguments);

    private bool BuildChosenCall(CallChoice choice, in Callee callee, IrNode[] arguments) =>
        (choice == CallChoice.Generator && Set(callee.Target, NewGenerator(callee, arguments)))
        || (choice is CallChoice.Region or CallChoice.RegionOrInline && BuildRegionCall(callee, arguments))
        || (choice is CallChoice.Inline or CallChoice.RegionOrInline && BuildInline(callee, arguments));

    /// <summary>The values of consecutive registers.</summary>
    private IrNode[] RegistersFrom(int first, int count)
    {
        IrNode[] values = new IrNode[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Register(first + i);
        }

        return values;
    }

    private static IrNode[] Prepend(IrNode first, IrNode[] others) => [first, .. others];

    private bool CanInline(LinkedPrototype code) => code.IsFrameOnly && IsSmallEnough(code) && _scope.Context.FindCallee(_pc, code) is not null;

    private bool IsSmallEnough(LinkedPrototype code) => _scope.Depth < _limits.MaxInlineDepth
        && code.Prototype.Code.Length <= _limits.MaxInlineInstructions && !_notInlined.Contains((_scope.Context, _pc));

    /// <summary>One argument for each parameter: unset markers for defaults, a list for the rest; null when the count is wrong or unusual.</summary>
    private IrNode[]? Complete(LinkedPrototype code, IrNode[] given) => Bind(code, given, [], []);

    /// <summary>As <see cref="Complete(LinkedPrototype, IrNode[])"/>, with named arguments behind the positional ones; null when the call raises an error.</summary>
    private IrNode[]? Bind(LinkedPrototype code, IrNode[] positional, string[] names, IrNode[] named)
    {
        Prototype prototype = code.Prototype;
        ParameterInfo[] parameters = prototype.Parameters;
        int count = prototype.HasRest ? parameters.Length - 1 : parameters.Length;
        if ((positional.Length > count && !prototype.HasRest) || positional.Length - count > MaxRest)
        {
            return null;
        }

        IrNode?[] bound = new IrNode?[parameters.Length];
        System.Array.Copy(positional, bound, System.Math.Min(positional.Length, count));
        for (int i = 0; i < names.Length; i++)
        {
            int index = System.Array.FindIndex(parameters, 0, count, p => p.Name == names[i]);
            if (index < 0 || bound[index] is not null)
            {
                return null;
            }

            bound[index] = named[i];
        }

        return Complete(prototype, bound, positional);
    }

    private IrNode[]? Complete(Prototype prototype, IrNode?[] bound, IrNode[] positional)
    {
        int count = prototype.HasRest ? bound.Length - 1 : bound.Length;
        for (int i = 0; i < count; i++)
        {
            if (bound[i] is null && !prototype.Parameters[i].HasDefault)
            {
                return null;
            }

            bound[i] ??= Unset();
        }

        if (prototype.HasRest)
        {
            bound[count] = RestList(positional.Length > count ? positional[count..] : []);
        }

        return bound!;
    }

    private IrNode RestList(IrNode[] items)
    {
        IrNode[] inputs = new IrNode[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            inputs[i] = Box(items[i]);
        }

        return Call(RegionHelpers.RestLists[items.Length], inputs);
    }

    /// <summary>Builds a callee in line.</summary>
    /// <param name="callee">What is called; it <see cref="CanInline"/>.</param>
    /// <param name="arguments">One for each parameter.</param>
    private bool BuildInline(in Callee callee, IrNode[] arguments)
    {
        ChargeSteps(callee.Code.EntryCost);
        if (BuildBody(callee, arguments, isRedone: false) is { } result && !callee.DropsResult)
        {
            SetRegister(callee.Target, result);
        }

        return true;
    }

    /// <summary>The callee's code, behind which its ways out meet; gives its result, null when no way comes there.</summary>
    private IrNode? BuildBody(in Callee callee, IrNode[] arguments, bool isRedone)
    {
        int nodes = _graph.NodeCount;
        FrameScope caller = _scope;
        int callPc = _pc;
        CallContext context = caller.Context.FindCallee(callPc, callee.Code)!;
        FrameScope frame = new(context, caller)
        {
            CallPc = callPc,
            Base = caller.Base + callee.Window,
            ReturnSlot = caller.Base + callee.Target,
            Closure = callee.Closure,
            DropsResult = callee.DropsResult,
            IsRedone = isRedone,
        };
        _graph.Inlined.Add(new InlinedCall(callee.Code, callPc, frame.Depth));
        arguments.CopyTo(frame.Registers, 0);
        _maxDepth = System.Math.Max(_maxDepth, frame.Depth);
        _scope = frame;
        _effects++;
        BuildScope(0);
        _scope = caller;
        _pc = callPc;
        _effects++;
        _inlinedNodes[context] = _graph.NodeCount - nodes;
        _block = null;
        return frame.Returns.Count switch
        {
            0 => null,
            1 => SingleReturn(frame),
            _ => MergedReturn(frame),
        };
    }

    private IrNode SingleReturn(FrameScope frame)
    {
        (_block, IrNode? result) = frame.Returns[0];
        return result ?? Nil();
    }

    private IrNode MergedReturn(FrameScope frame)
    {
        IrBlock block = _graph.NewBlock();
        block.Origin = Origin(_pc);
        IrNode[] values = new IrNode[frame.Returns.Count];
        List<Incoming> ways = [];
        List<IrNode>[] arguments = new List<IrNode>[values.Length];
        bool isSame = true;
        for (int way = 0; way < values.Length; way++)
        {
            (IrBlock from, IrNode? result) = frame.Returns[way];
            _block = from;
            values[way] = result ?? Nil();
            isSame &= values[way] == values[0];
            ways.Add(new Incoming(from, [], []));
            arguments[way] = [];
        }

        IrNode joined = isSame ? values[0] : CommonOrigin(values) ?? NewParameter(block, ways, values, arguments);
        for (int way = 0; way < values.Length; way++)
        {
            Jump(ways[way].From, block, [.. arguments[way]]);
        }

        _block = block;
        return joined;
    }

    private bool BuildReturn(IrNode? result)
    {
        if (_scope.Caller is null)
        {
            EndWithResult(result);
            return true;
        }

        if (_scope.Generator is { } generator)
        {
            Call(RegionHelpers.FinishGenerator, generator);
        }

        _scope.Returns.Add((_block!, result));
        _block = null;
        return true;
    }
}
