using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Profiling;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// The instructions that allocate, suspend or are rare, and the rare cases of those that the loop executes. They are outside the loop's
/// method because the CLR's compiler stops inlining in a method beyond a certain size: with them, the arithmetic of the hot cases became
/// calls and every program ran 1.5 times slower. The loop comes here by one jump for all of them, so that its method stays small and its
/// state stays in machine registers.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>Executes an instruction completely. The frame's position is up to date.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cold ExecuteCold(in Instruction instruction, ref Value registers, LinkedPrototype linked)
    {
        Instruction i = instruction;
        return i.Op switch
        {
            // Registers and variables
            Opcode.LoadUnset => Set(ref At(ref registers, i.A), Value.Unset),
            Opcode.GetModule => throw ScriptErrors.UsedBeforeDeclaration(linked.Module.Compiled!.Variables[i.Wide].Name),
            Opcode.GetUpvalue => throw ScriptErrors.UsedBeforeDeclaration(linked.Prototype.Captures[i.B].Name),
            Opcode.LoadUpvalue => throw ScriptErrors.UsedBeforeDeclaration("variable"),
            Opcode.GetExternal => Set(ref At(ref registers, i.A), ModuleTable.External(linked.Module, i.Wide).Value),
            Opcode.SetExternal => Set(ref linked.Module.Externals[i.Wide].Value, At(ref registers, i.A)),
            Opcode.GetBuiltin => Set(ref At(ref registers, i.A), Modules.BuiltinValue(linked.Module, i.Wide)),
            Opcode.NewUpvalue => Set(ref At(ref registers, i.A), NewUpvalue(At(ref registers, i.A))),
            Opcode.NewUnsetUpvalue => Set(ref At(ref registers, i.A), NewUpvalue(Value.Unset)),
            Opcode.NewClosure => Set(ref At(ref registers, i.A), NewClosure(ref Stack.Running, ref registers, i.Wide)),
            Opcode.Import => Import(i, linked),
            Opcode.ImportName => Set(ref At(ref registers, i.A), ModuleTable.ImportName(At(ref registers, i.B), linked.Constants[i.C])),

            // Operators
            Opcode.Add or Opcode.Sub or Opcode.Mul or Opcode.Div or Opcode.Mod or Opcode.Pow
                or Opcode.BitAnd or Opcode.BitOr or Opcode.BitXor or Opcode.Shl or Opcode.Shr =>
                Binary(i.Op, i.A, At(ref registers, i.B), At(ref registers, i.C)),
            Opcode.AddInt or Opcode.SubInt or Opcode.MulInt or Opcode.DivInt or Opcode.ModInt
                or Opcode.BitAndInt or Opcode.ShlInt or Opcode.ShrInt =>
                Binary(OpcodeInfo.Of(i.Op).Plain, i.A, At(ref registers, i.B), Value.FromInt(i.SignedC)),
            Opcode.AddConst or Opcode.SubConst or Opcode.MulConst or Opcode.DivConst =>
                Binary(OpcodeInfo.Of(i.Op).Plain, i.A, At(ref registers, i.B), linked.Constants[i.C]),
            Opcode.Neg => AfterHook(OperatorInstructions.Negate(this, _calls, i.A, At(ref registers, i.B))),
            Opcode.BitNot => OperatorInstructions.BitNot(this, i.A, At(ref registers, i.B)),
            Opcode.Concat => OperatorInstructions.Concat(this, i.A, i.B, i.C),

            // Comparisons and jumps
            Opcode.Eq or Opcode.Ne or Opcode.Lt or Opcode.Le =>
                SetAfterCall(i.A, ComparisonInstructions.Compare(this, i.Op, At(ref registers, i.B), At(ref registers, i.C))),
            Opcode.Is => SetBool(ref At(ref registers, i.A), Equality.AreIdentical(this, At(ref registers, i.B), At(ref registers, i.C))),
            Opcode.In => SetAfterCall(i.A, Indexing.Contains(this, At(ref registers, i.C), At(ref registers, i.B))),
            Opcode.JumpLt or Opcode.JumpLe or Opcode.JumpNotLt or Opcode.JumpNotLe =>
                JumpWhen(ComparisonInstructions.Compare(this, i.Op, At(ref registers, i.A), At(ref registers, i.B)), i.SignedC),
            Opcode.JumpEqInt or Opcode.JumpNeInt or Opcode.JumpLtInt or Opcode.JumpLeInt or Opcode.JumpGtInt or Opcode.JumpGeInt
                or Opcode.JumpNotLtInt or Opcode.JumpNotLeInt or Opcode.JumpNotGtInt or Opcode.JumpNotGeInt =>
                JumpWhen(ComparisonInstructions.Compare(this, i.Op, At(ref registers, i.A), Value.FromInt(i.SignedB)), i.SignedC),

            // Loops and steps
            Opcode.Charge => ChargeSteps(i.Wide),
            Opcode.ForPrep => JumpWhen(!RangeLoops.Prepare(this, ref At(ref registers, i.A)), i.Wide),
            Opcode.ForPrepInclusive => JumpWhen(!RangeLoops.PrepareInclusive(this, ref At(ref registers, i.A)), i.Wide),
            Opcode.IterPrep => Iterations.Prepare(i.A, i.B, i.C),
            Opcode.CloseIter => CloseIterator(Stack.Running.Base + i.A),
            Opcode.GiveIter => IterationInstructions.Give(At(ref registers, i.A)),

            // Members, elements, containers
            Opcode.LoadMethod => _members.LoadMethod(i.A, i.B, linked.Sites[i.C]),
            Opcode.SetField => _members.SetField(At(ref registers, i.A), At(ref registers, i.B), linked.Sites[i.C]),
            Opcode.GetIndexInt => AfterHook(GetIndexSlow(i.A, At(ref registers, i.B), Value.FromInt(i.SignedC))),
            Opcode.Slice => ElementInstructions.Slice(this, i.A, i.B, i.C),
            Opcode.NewList => Set(ref At(ref registers, i.A), Value.FromObject(ListObject.Of(this, Window(ref registers, i)))),
            Opcode.NewTyped => Set(ref At(ref registers, i.A), ContainerInstructions.NewTyped(this, linked.SlotType(i.Wide))),
            Opcode.NewTuple => Set(ref At(ref registers, i.A), ContainerInstructions.NewTuple(this, Window(ref registers, i))),
            Opcode.NewMap => NewMap(i.A, i.B, i.C),
            Opcode.NewRange or Opcode.NewRangeInclusive => NewRange(i, ref registers),
            Opcode.Append => Append(At(ref registers, i.A), At(ref registers, i.B)),
            Opcode.Extend => Extend(At(ref registers, i.A), At(ref registers, i.B)),
            Opcode.Spread => Spread(i.A, At(ref registers, i.B)),
            Opcode.SetElementType => SetElementType(linked.SlotType(i.Wide), At(ref registers, i.A)),
            Opcode.Unpack => Unpack(ref At(ref registers, i.A), At(ref registers, i.B), i.C),

            // Calls and structs
            Opcode.CallEx => _calls.CallWithDescriptor(Stack.Running.Base + i.A, linked.Prototype.CallDescriptors[i.B], i.C),
            Opcode.NewStructType => Set(ref At(ref registers, i.A), Structs.Declare(this, linked, i.Wide)),
            Opcode.MakeStruct => Set(
                ref At(ref registers, i.A),
                StructInstructions.Make(this, Unsafe.As<Shape>(linked.Module.Slots[i.B].Ref!), ref registers)),

            // Annotations and patterns
            Opcode.CheckSlot => CheckSlot(linked.SlotType(i.Wide), ref At(ref registers, i.A)),
            Opcode.TestType => SetBool(ref At(ref registers, i.A), SlotCheck.Matches(linked.SlotType(i.C), At(ref registers, i.B))),
            Opcode.FindType => SetInt(ref At(ref registers, i.A), TypeChoice.Of(linked.SlotType(i.C)).IndexOf(At(ref registers, i.B))),
            Opcode.TestList => SetBool(ref At(ref registers, i.A), PatternCounts.OfList(At(ref registers, i.B).Ref) == i.C),
            Opcode.TestListPrefix => SetBool(ref At(ref registers, i.A), PatternCounts.OfList(At(ref registers, i.B).Ref) >= i.C),
            Opcode.TestTuple => SetBool(ref At(ref registers, i.A), PatternCounts.OfTuple(At(ref registers, i.B).Ref) == i.C),
            Opcode.TestTuplePrefix => SetBool(ref At(ref registers, i.A), PatternCounts.OfTuple(At(ref registers, i.B).Ref) >= i.C),
            Opcode.TestMap => SetBool(ref At(ref registers, i.A), PatternCounts.OfMap(At(ref registers, i.B).Ref) == i.C),
            Opcode.TestMapPrefix => SetBool(ref At(ref registers, i.A), PatternCounts.OfMap(At(ref registers, i.B).Ref) >= i.C),
            Opcode.TestRange => SetBool(ref At(ref registers, i.A), IsInRange(ref registers, i)),
            Opcode.Length => SetInt(ref At(ref registers, i.A), PatternTests.Length(At(ref registers, i.B))),

            // Errors, generators, tasks
            Opcode.NoMatch => throw ScriptErrors.NoMatch(At(ref registers, i.A)),
            Opcode.Throw => ThrowValue(At(ref registers, i.A)),
            Opcode.EndFinally => EndFinally(ref At(ref registers, i.A)),
            Opcode.Yield => Generators.Yield(At(ref registers, i.A)),
            Opcode.Await => ResultOf(TaskRunner.Await(i.A, At(ref registers, i.B))),
            Opcode.Spawn => Spawn(Stack.Running.Base + i.A, linked.Prototype.CallDescriptors[i.B], i.C),

            // Instructions of profiles and of the recorder. In the loop's method, they would slow down every program by 3 %.
            Opcode.Count => Count(linked.Prototype.Counts!, i.Wide),
            Opcode.Enter => Enter(linked.Prototype.Counts!, i.Wide),
            Opcode.Time => Time(linked.Prototype.Counts!, i.Wide),
            Opcode.Trap => OnTrap(),

            // Instructions that the loop executes in all cases
            Opcode.Nop or Opcode.Move or Opcode.LoadConst or Opcode.LoadInt or Opcode.LoadNil or Opcode.LoadBool or Opcode.SetModule
                or Opcode.GetCapture or Opcode.SetUpvalue or Opcode.StoreUpvalue or Opcode.Not or Opcode.Jump or Opcode.JumpIf
                or Opcode.JumpIfNot or Opcode.JumpIfNil or Opcode.JumpIfNotNil or Opcode.JumpIfSet or Opcode.JumpEq or Opcode.JumpNe
                or Opcode.JumpEqConst or Opcode.JumpNeConst or Opcode.Switch or Opcode.LoopHead or Opcode.ForLoop or Opcode.ForEach
                or Opcode.ForEachPair or Opcode.GetField or Opcode.GetIndex or Opcode.SetIndex or Opcode.Call or Opcode.CallProc
                or Opcode.CallBuiltin or Opcode.CallMethod or Opcode.NewStruct or Opcode.Return or Opcode.ReturnNil =>
                throw new UnreachableException($"The loop executes {i.Op}."),
        };
    }

    private static Cold Set(ref Value target, in Value value)
    {
        target = value;
        return Cold.Next;
    }

    private static bool IsInRange(ref Value registers, in Instruction i) =>
        IntBounds.Contain(At(ref registers, i.B), At(ref registers, i.C), At(ref registers, i.C + 1));

    private static Cold SetBool(ref Value target, bool value)
    {
        target.SetBool(value);
        return Cold.Next;
    }

    private static Cold SetInt(ref Value target, long value)
    {
        target.SetInt(value);
        return Cold.Next;
    }

    /// <summary>Stores the result of an operation that may have called script code, which may have moved the registers.</summary>
    private Cold SetAfterCall(int register, bool value) => SetBool(ref Stack.At(Stack.Running.Base + register), value);

    private Cold Binary(Opcode op, int target, in Value left, in Value right) =>
        AfterHook(OperatorInstructions.Binary(this, _calls, op, target, left, right));

    private static Cold AfterHook(bool isPushed) => isPushed ? Cold.Reload : Cold.Next;

    private Cold JumpWhen(bool isTaken, int offset)
    {
        if (!isTaken)
        {
            return Cold.Next;
        }

        Stack.Running.Pc += offset;
        return Cold.Reload;
    }

    private Cold ChargeSteps(int steps)
    {
        Charge(steps);
        return Cold.Next;
    }

    private Cold Import(Instruction i, LinkedPrototype linked)
    {
        string path = ((ScriptString)linked.Constants[i.Wide].Ref!).Text;
        return Modules.Import(Stack.Running.Base + i.A, linked.Module, path, Limiter) ? Cold.Reload : Cold.Next;
    }

    private Value NewUpvalue(in Value content)
    {
        ChargeMemory(Upvalue.Bytes);
        return Value.FromObject(new Upvalue { Value = content });
    }

    private Value NewClosure(ref Frame frame, ref Value registers, int child)
    {
        LinkedPrototype code = frame.Closure.Code.Child(child);
        CaptureInfo[] infos = code.Prototype.Captures;
        ChargeMemory(Closure.BytesFor(infos.Length));
        Value[] captures = infos.Length == 0 ? [] : new Value[infos.Length];
        for (int i = 0; i < captures.Length; i++)
        {
            captures[i] = infos[i].FromRegister ? At(ref registers, infos[i].Index) : frame.Closure.Captures[infos[i].Index];
        }

        return Value.FromObject(new Closure(code, captures));
    }

    private Cold NewRange(in Instruction i, ref Value registers)
    {
        bool isInclusive = i.Op == Opcode.NewRangeInclusive;
        Value range = ContainerInstructions.NewRange(this, At(ref registers, i.B), At(ref registers, i.C), isInclusive);
        return Set(ref At(ref registers, i.A), range);
    }

    private Cold Append(in Value list, in Value value)
    {
        ContainerInstructions.Append(this, list, value);
        return Cold.Next;
    }

    private Cold Extend(in Value list, in Value iterable)
    {
        ContainerInstructions.Extend(this, list, iterable);
        return Cold.Next;
    }

    private Cold Spread(int target, in Value iterable)
    {
        int position = Stack.Running.Base;
        Value list = ContainerInstructions.Spread(this, iterable);
        Stack.Registers[position + target] = list;
        return Cold.Next;
    }

    private Cold Unpack(ref Value target, in Value source, int count)
    {
        ContainerInstructions.Unpack(this, ref target, source, count);
        return Cold.Next;
    }

    private Cold CheckSlot(BoundType type, ref Value value)
    {
        SlotCheck.Convert(this, type, ref value);
        return Cold.Next;
    }

    private Cold NewMap(int target, int first, int pairs)
    {
        int position = Stack.Running.Base;
        Value map = ContainerInstructions.NewMap(this, position + first, pairs);
        Stack.Registers[position + target] = map;
        return Cold.Next;
    }

    private Cold SetElementType(BoundType type, in Value container)
    {
        SlotCheck.SetElementTypes(this, type, container);
        return Cold.Next;
    }

    private Cold CloseIterator(int position)
    {
        ElementSources.CloseIterator(this, position);
        return Cold.Next;
    }

    private Cold Spawn(int window, CallDescriptor descriptor, int count)
    {
        TaskRunner.Spawn(window, descriptor, count);
        return Cold.Next;
    }

    private static Cold Count(BlockCounts counts, int block)
    {
        counts.Interpreted[block]++;
        return Cold.Next;
    }

    private static Cold Enter(BlockCounts counts, int block)
    {
        counts.Enter(block);
        return Cold.Next;
    }

    private static Cold Time(BlockCounts counts, int block)
    {
        counts.Time(block);
        return Cold.Next;
    }

    /// <summary>Handles a trap: it ends a single step, or the recorder observes the instruction.</summary>
    private Cold OnTrap()
    {
        int pc = --Stack.Running.Pc;
        if (Stack.IsStepping)
        {
            return Cold.Stepped;
        }

        Events.ReportTrap(pc);
        return Cold.Reload;
    }

    /// <summary>Executes <c>throw</c>, and rethrows at the end of a finally block.</summary>
    private Cold ThrowValue(in Value value) => Unwinder.Unwind(ScriptErrors.Of(value)) ? Cold.Reload : Cold.Failed;

    private static Cold ResultOf(Advance advance) => advance switch
    {
        Advance.Value => Cold.Next,
        Advance.FramePushed => Cold.Reload,
        Advance.Waiting => Cold.Waiting,
        Advance.End => throw new UnreachableException("A task has one result."),
    };

    private Cold EndFinally(ref Value token)
    {
        if (!token.IsInt || token.Bits != -1)
        {
            return Cold.Next;
        }

        return ThrowValue(Unsafe.Add(ref token, 1));
    }

    /// <summary>The C registers from R[B] on.</summary>
    private static ReadOnlySpan<Value> Window(ref Value registers, Instruction i) =>
        MemoryMarshal.CreateReadOnlySpan(ref At(ref registers, i.B), i.C);
}
