using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>
/// Awaits, spawns, and loops over channels. They continue while the task is finished or the channel has a value. Where the frame has to
/// wait, the region of an async proc suspends it and returns; another region exits, and the interpreter suspends the frame.
/// </summary>
internal sealed class TaskLowering(BuildParts parts) : Lowering(parts)
{
    private bool IsOwnFrame => Frame is { Generator: not null, Caller: null };

    public bool Await(Instruction i)
    {
        IrNode awaited = Registers.Get(i.B);
        if (!MayBeTask(awaited))
        {
            return Set(i.A, awaited);
        }

        IrNode result = Ir.Call(RegionHelpers.ResultIfFinished, Ir.Box(awaited));
        Path finished = Paths.Fork(Ir.IsUnset(result));
        Suspend(awaited);
        Paths.Resume(finished);
        return Set(i.A, result);
    }

    /// <summary>
    /// A spawn with positional arguments. It only queues the call, so that the region continues; where the helper can't, the region exits.
    /// </summary>
    public bool Spawn(Instruction i)
    {
        CallDescriptor descriptor = Frame.Code.Prototype.CallDescriptors[i.B];
        if (descriptor.HasSpread || descriptor.Names.Length > 0 || i.C + 1 > NativeArguments.Capacity || Profile.Raised
            || !TakesAsMany(Profile.A, i.C))
        {
            return false;
        }

        IrNode[] inputs = new IrNode[i.C + 1];
        for (int n = 0; n < inputs.Length; n++)
        {
            inputs[n] = Ir.Box(Registers.Get(i.A + n));
        }

        return Set(i.A, Ir.Call(RegionHelpers.Spawn, inputs));
    }

    /// <summary>The step of a for-each loop over a channel; its body begins at <paramref name="body"/>.</summary>
    public bool ForEach(Instruction i, int body, IrNode channel)
    {
        IrNode received = Ir.Box(Registers.Get(i.A + 2));
        Path mustWait = Paths.Fork(Ir.Call(RegionHelpers.HasElement, channel, received));
        IrNode next = Ir.Emit(IrOp.AddInt, IrType.Int, Registers.GetInt(i.A + 1), Ir.Int(1));
        Ir.ChargeSteps(Frame.Code.Prototype.Loops[i.B].Cost);
        IrNode element = Ir.Call(RegionHelpers.TakeElement, channel, received);
        Registers.Set(i.A + 1, next);
        Registers.Set(i.A + 2, Ir.Int(0));
        Paths.EnterBody(i, body, next, element);
        Paths.Resume(mustWait);
        if (!IsOwnFrame)
        {
            Ir.Exit();
            return true;
        }

        IrNode receive = Ir.Call(RegionHelpers.WaitForElement, channel, received);
        Registers.Set(i.A + 2, receive);
        Suspend(receive);
        return true;
    }

    /// <summary>Whether the recorded callees are procs with so many parameters. Others are for the interpreter.</summary>
    private static bool TakesAsMany(ObservedType? callee, int arguments)
    {
        if (callee is not { Kinds: ObservedKinds.Closure, Codes: var codes } || codes.Count is 0 or >= ObservedType.MaxDetails)
        {
            return false;
        }

        foreach (LinkedPrototype code in codes)
        {
            if (code.CompleteCount != arguments)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Ends the path where the frame waits for a task. The present instruction is executed again when the task is finished.
    /// </summary>
    private void Suspend(IrNode awaited)
    {
        if (IsOwnFrame)
        {
            Registers.StoreToCoroutine(Frame.Generator!, Pc);
            Ir.Call(RegionHelpers.TrySuspend, Frame.Generator!, Ir.Box(awaited), Ir.Int(Pc));
            Ir.Return(Ir.Unset());
            return;
        }

        Ir.Exit();
    }
}
