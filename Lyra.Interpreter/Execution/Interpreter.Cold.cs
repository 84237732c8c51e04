using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The outcome of an instruction that is executed outside the loop's method.</summary>
internal enum Cold : byte
{
    /// <summary>The frame continues after the instruction, or where the instruction set its position.</summary>
    Next,

    /// <summary>Another frame, or another position in this one, runs next.</summary>
    Reload,

    /// <summary>An error propagated out of this run.</summary>
    Failed,

    /// <summary>The entry frame yielded.</summary>
    Yielded,

    /// <summary>The running frame waits for a task.</summary>
    Waiting,

    /// <summary>The instruction was the trap that ends a single step.</summary>
    Stepped,
}

/// <content>
/// The instructions that allocate, suspend or are rare. They are outside the loop's method because the CLR's compiler stops inlining in a
/// method beyond a certain size: with them, the arithmetic of the hot cases became calls and every program ran 1.5 times slower.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>Executes an instruction that the loop does not. The frame's position is up to date.</summary>
    private Cold ExecuteCold(in Instruction instruction, ref Value registers, LinkedPrototype linked)
    {
        Instruction i = instruction;
        switch (i.Op)
        {
            case Opcode.CallEx:
                CallWithDescriptor(Stack.Running.Base + i.A, linked.Prototype.CallDescriptors[i.B], i.C);
                return Cold.Reload;
            case Opcode.Throw:
                return ThrowValue(At(ref registers, i.A));
            case Opcode.EndFinally:
                return EndFinally(ref At(ref registers, i.A));
            case Opcode.Yield:
                return YieldValue(At(ref registers, i.A));
            case Opcode.Trap:
                return OnTrap();
            case Opcode.Await:
                return ResultOf(TaskRunner.Await(i.A, At(ref registers, i.B)));

            // Instructions of profiles. In the loop's method, they would slow down every program by 3 %.
            case Opcode.Count:
                linked.Prototype.Counts!.Interpreted[i.Wide]++;
                return Cold.Next;
            case Opcode.Enter:
                linked.Prototype.Counts!.Enter(i.Wide);
                return Cold.Next;
            case Opcode.Time:
                linked.Prototype.Counts!.Time(i.Wide);
                return Cold.Next;
            case Opcode.Import:
                return Import(i, linked) ? Cold.Reload : Cold.Next;
            default:
                ExecuteSimple(i, ref registers, linked);
                return Cold.Next;
        }
    }

    private bool Import(Instruction i, LinkedPrototype linked)
    {
        string path = ((ScriptString)linked.Constants[i.Wide].Ref!).Text;
        return Modules.Import(Stack.Running.Base + i.A, linked.Module, path);
    }

    /// <summary>Executes <c>throw</c>, and rethrows at the end of a finally block.</summary>
    private Cold ThrowValue(in Value value) => Unwinder.Unwind(ScriptErrors.Of(value)) ? Cold.Reload : Cold.Failed;

    private static Cold ResultOf(Advance advance) => advance switch
    {
        Advance.Value => Cold.Next,
        Advance.FramePushed => Cold.Reload,
        _ => Cold.Waiting,
    };

    private Cold EndFinally(ref Value token)
    {
        if (!token.IsInt || token.Bits != -1)
        {
            return Cold.Next;
        }

        return ThrowValue(Unsafe.Add(ref token, 1));
    }

    /// <summary>Instructions that produce a value or an effect, and always continue at the next instruction.</summary>
    private void ExecuteSimple(Instruction i, ref Value registers, LinkedPrototype linked)
    {
        switch (i.Op)
        {
            case Opcode.LoadUnset:
                At(ref registers, i.A) = Value.Unset;
                return;
            case Opcode.GetModule:
                ScriptErrors.ThrowUsedBeforeDeclaration(linked.Module.Compiled!.Variables[i.Wide].Name);
                return;
            case Opcode.GetUpvalue:
                ScriptErrors.ThrowUsedBeforeDeclaration(linked.Prototype.Captures[i.B].Name);
                return;
            case Opcode.LoadUpvalue:
                ScriptErrors.ThrowUsedBeforeDeclaration("variable");
                return;
            case Opcode.GetExternal:
                At(ref registers, i.A) = ModuleTable.External(linked.Module, i.Wide).Value;
                return;
            case Opcode.SetExternal:
                linked.Module.Externals[i.Wide].Value = At(ref registers, i.A);
                return;
            case Opcode.GetBuiltin:
                At(ref registers, i.A) = Modules.BuiltinValue(linked.Module, i.Wide);
                return;
            case Opcode.NewUpvalue:
                ChargeMemory(Upvalue.Bytes);
                At(ref registers, i.A) = Value.FromObject(new Upvalue { Value = At(ref registers, i.A) });
                return;
            case Opcode.NewUnsetUpvalue:
                ChargeMemory(Upvalue.Bytes);
                At(ref registers, i.A) = Value.FromObject(new Upvalue { Value = Value.Unset });
                return;
            case Opcode.NewClosure:
                At(ref registers, i.A) = NewClosure(ref Stack.Running, ref registers, i.Wide);
                return;
            case Opcode.NewStructType:
                At(ref registers, i.A) = NewStructType(linked, i.Wide);
                return;
            case Opcode.MakeStruct:
                At(ref registers, i.A) = MakeStruct(Unsafe.As<Shape>(linked.Module.Slots[i.B].Ref!), ref registers);
                return;
            case Opcode.LoadMethod:
                LoadMethod(i.A, i.B, linked.Sites[i.C]);
                return;
            case Opcode.Spawn:
                TaskRunner.Spawn(Stack.Running.Base + i.A, linked.Prototype.CallDescriptors[i.B], i.C);
                return;
            case Opcode.ImportName:
                At(ref registers, i.A) = ModuleTable.ImportName(At(ref registers, i.B), linked.Constants[i.C]);
                return;
            case Opcode.NoMatch:
                ScriptErrors.ThrowNoMatch(At(ref registers, i.A));
                return;
            case Opcode.BitNot:
                BitNotSlow(i.A, At(ref registers, i.B));
                return;
            case Opcode.Concat:
                Concat(i.A, i.B, i.C);
                return;
            case Opcode.Is:
                At(ref registers, i.A).SetBool(Equality.AreIdentical(this, At(ref registers, i.B), At(ref registers, i.C)));
                return;
            case Opcode.In:
                bool found = Indexing.Contains(this, At(ref registers, i.C), At(ref registers, i.B));
                Stack.At(Stack.Running.Base + i.A).SetBool(found);
                return;
            default:
                throw new System.Diagnostics.UnreachableException("The verifier refuses unknown opcodes.");
        }
    }

    private void ExecuteContainer(Instruction i, ref Value registers, LinkedPrototype linked)
    {
        switch (i.Op)
        {
            case Opcode.CloseIter:
                CloseLoopIterator(Stack.Running.Base + i.A);
                return;
            case Opcode.Slice:
                Slice(i.A, i.B, i.C);
                return;
            case Opcode.NewList:
                At(ref registers, i.A) = Value.FromObject(ListObject.Of(this, Window(ref registers, i)));
                return;
            case Opcode.NewTyped:
                At(ref registers, i.A) = ContainerInstructions.NewTyped(this, linked.SlotType(i.Wide));
                return;
            case Opcode.NewTuple:
                At(ref registers, i.A) = ContainerInstructions.NewTuple(this, Window(ref registers, i));
                return;
            case Opcode.NewMap:
                NewMap(i.A, i.B, i.C);
                return;
            case Opcode.NewRange or Opcode.NewRangeInclusive:
                bool isInclusive = i.Op == Opcode.NewRangeInclusive;
                At(ref registers, i.A) = ContainerInstructions.NewRange(this, At(ref registers, i.B), At(ref registers, i.C), isInclusive);
                return;
            case Opcode.Append:
                ContainerInstructions.Append(this, At(ref registers, i.A), At(ref registers, i.B));
                return;
            case Opcode.Extend:
                ContainerInstructions.Extend(this, At(ref registers, i.A), At(ref registers, i.B));
                return;
            case Opcode.SetElementType:
                SlotCheck.SetElementTypes(this, linked.SlotType(i.Wide), At(ref registers, i.A));
                return;
            default:
                ContainerInstructions.Unpack(this, ref At(ref registers, i.A), At(ref registers, i.B), i.C);
                return;
        }
    }

    /// <summary>The C registers from R[B] on.</summary>
    private static ReadOnlySpan<Value> Window(ref Value registers, Instruction i) =>
        MemoryMarshal.CreateReadOnlySpan(ref At(ref registers, i.B), i.C);
}
