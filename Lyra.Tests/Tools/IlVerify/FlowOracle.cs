using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>
/// Finds methods that are invalid because of their branches alone. It computes the depths of the stack over all paths, without types, and
/// compares the exception regions at both ends of each branch. It shares no code with the verifier.
/// </summary>
internal sealed class FlowOracle(MethodDefinition method)
{
    private readonly MethodBody _body = method.Body;
    private readonly Dictionary<Instruction, int> _depths = [];
    private readonly Stack<Instruction> _work = new();
    private bool _isInvalid;

    public static bool IsInvalid(MethodDefinition method) => new FlowOracle(method).Run();

    private bool Run()
    {
        Enter(_body.Instructions[0], 0);
        while (!_isInvalid && _work.TryPop(out Instruction? at))
        {
            Follow(at, _depths[at]);
        }

        return _isInvalid;
    }

    private void Follow(Instruction at, int depth)
    {
        foreach (ExceptionHandler row in _body.ExceptionHandlers.Where(row => row.TryStart == at))
        {
            _isInvalid |= depth > 0;
            Enter(row.HandlerStart, row.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter ? 1 : 0);
            if (row.FilterStart is not null)
            {
                Enter(row.FilterStart, 1);
            }
        }

        int after = depth - Popped(at, depth);
        _isInvalid |= after < 0 || (at.OpCode.Code == Code.Ret && after != 0);
        after += Pushed(at);
        IEnumerable<Instruction> targets = at.Operand switch
        {
            Instruction target => [target],
            Instruction[] several => several,
            _ => [],
        };
        foreach (Instruction target in targets)
        {
            _isInvalid |= target.Previous is { OpCode.OpCodeType: OpCodeType.Prefix };
            Go(at, target, after);
        }

        if (at.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
        {
            Go(at, at.Next, after);
        }
    }

    private void Go(Instruction from, Instruction? to, int depth)
    {
        _isInvalid |= to is null || !IsAllowed(from, to);
        if (!_isInvalid)
        {
            Enter(to!, depth);
        }
    }

    private void Enter(Instruction at, int depth)
    {
        if (_depths.TryAdd(at, depth))
        {
            _work.Push(at);
        }

        _isInvalid |= _depths[at] != depth;
    }

    /// <summary>Whether control may pass: only a leave instruction leaves a region, and only the first instruction enters it.</summary>
    private bool IsAllowed(Instruction from, Instruction to)
    {
        bool isLeave = from.OpCode.Code is Code.Leave or Code.Leave_S;
        foreach (ExceptionHandler row in _body.ExceptionHandlers)
        {
            bool leavesBlock = IsIn(from, row.TryStart, row.TryEnd) && !IsIn(to, row.TryStart, row.TryEnd);
            bool leavesHandler = IsIn(from, row.HandlerStart, row.HandlerEnd) && !IsIn(to, row.HandlerStart, row.HandlerEnd);
            bool entersHandler = !IsIn(from, row.HandlerStart, row.HandlerEnd) && IsIn(to, row.HandlerStart, row.HandlerEnd);
            bool entersBlock = !IsIn(from, row.TryStart, row.TryEnd) && IsIn(to, row.TryStart, row.TryEnd) && to != row.TryStart;
            bool isResumed = isLeave && row.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter
                && IsIn(from, row.HandlerStart, row.HandlerEnd);
            bool isFinal = row.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault;
            if (entersHandler || (leavesBlock && !isLeave) || (leavesHandler && (!isLeave || isFinal)) || (entersBlock && !isResumed))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIn(Instruction i, Instruction start, Instruction? end) =>
        i.Offset >= start.Offset && (end is null || i.Offset < end.Offset);

    private int Popped(Instruction i, int depth) => i.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.PopAll => depth,
        StackBehaviour.Varpop when i.OpCode.Code == Code.Ret => IsVoid(method.ReturnType) ? 0 : 1,
        StackBehaviour.Varpop => Taken(i),
        _ => 3,
    };

    private static int Taken(Instruction call)
    {
        IMethodSignature called = (IMethodSignature)call.Operand;
        return called.Parameters.Count + (called.HasThis && call.OpCode.Code != Code.Newobj ? 1 : 0)
            + (call.OpCode.Code == Code.Calli ? 1 : 0);
    }

    private static int Pushed(Instruction i) => i.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => IsVoid(((IMethodSignature)i.Operand).ReturnType) ? 0 : 1,
        _ => 1,
    };

    private static bool IsVoid(TypeReference type) =>
        (type is IModifierType modified ? modified.ElementType : type).FullName == "System.Void";
}
