using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// The slow paths that the loop calls; other classes define them. The loop calls them on itself: a call of another object loads it first
/// and passes the arguments in other registers. With that, the CLR compiled the fast paths around the calls differently, and programs that
/// access lists ran up to 1.2 times slower. <see cref="SwitchTarget"/> is the only one here with a body, for the same reason.
/// </content>
internal sealed partial class Interpreter
{
    /// <inheritdoc cref="BackEdges.OnLoopHead"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnLoopHead(int loop, int pc) => BackEdges.OnLoopHead(this, Unwinder, Tiering, loop, pc);

    /// <inheritdoc cref="BackEdges.OnBackEdge(FrameContext, Unwinder, TierAdapter, int, int, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LoopExit OnBackEdge(int loop, int pc, int pcAfter) => BackEdges.OnBackEdge(this, Unwinder, Tiering, loop, pc, pcAfter);

    /// <inheritdoc cref="ComparisonInstructions.Equal"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EqualSlow(in Value left, in Value right) => ComparisonInstructions.Equal(this, left, right);

    /// <summary>The position at which a switch continues for a value.</summary>
    private int SwitchTarget(LinkedPrototype linked, int index, in Value value)
    {
        Equality.ChargeComparison(this, value, value);
        return linked.SwitchIndex(index).Find(value);
    }

    /// <inheritdoc cref="IterationInstructions.MoveNext"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Advance AdvanceIteration(int register, bool isPair) => Iterations.MoveNext(register, isPair);

    /// <inheritdoc cref="MemberInstructions.GetField"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GetFieldSlow(int target, int source, InlineCache site) => _members.GetField(target, source, site);

    /// <inheritdoc cref="ElementInstructions.Get"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool GetIndexSlow(int target, in Value container, in Value index) =>
        ElementInstructions.Get(this, _calls, target, container, index);

    /// <inheritdoc cref="ElementInstructions.Set"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SetIndexSlow(in Value container, in Value index, in Value value) =>
        ElementInstructions.Set(this, _calls, container, index, value);

    /// <inheritdoc cref="CallInstructions.CallSlow"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallSlow(int window, int count) => _calls.CallSlow(window, count);

    /// <inheritdoc cref="CallInstructions.EnterSlow"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EnterSlow(Closure callee, int newBase, int returnSlot) => _calls.EnterSlow(callee, newBase, returnSlot);

    /// <inheritdoc cref="CallInstructions.StartSuspendable"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool StartSuspendable(Closure callee, int first, int returnSlot, FrameFlags entry = FrameFlags.None) =>
        _calls.StartSuspendable(callee, first, returnSlot, entry);

    /// <inheritdoc cref="CallInstructions.CallBuiltinSlow"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallBuiltinSlow(NativeProc native, int window, int count) => _calls.CallBuiltinSlow(native, window, count);

    /// <inheritdoc cref="MemberInstructions.CallMethod"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool CallMethodSlow(int window, int count, InlineCache site) => _members.CallMethod(window, count, site);

    /// <inheritdoc cref="MemberInstructions.PolymorphicMethod"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Closure? PolymorphicMethod(InlineCache site, object instance) => _members.PolymorphicMethod(site, instance);

    /// <inheritdoc cref="ModuleTable.ResolveBuiltin"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private NativeProc ResolveBuiltin(ModuleInstance module, int index) => Modules.ResolveBuiltin(module, index);

    /// <inheritdoc cref="StructInstructions.New"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool NewStruct(Shape shape, int window, int count) => StructInstructions.New(this, shape, window, count);
}
