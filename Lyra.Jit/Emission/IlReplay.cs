using System;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>
/// Writes a recorded method. The same loop writes it into a dynamic method for execution or into a type of a saved assembly, so the IL that
/// is verified on disk is the IL that runs.
/// </summary>
internal static partial class IlReplay
{
    /// <summary>
    /// The method as an executable dynamic method. It sees Lyra's internal types (<c>skipVisibility</c>). Its locals are initialized, as
    /// verifiable code requires. That costs nothing: the check requires that each local is written before it is read, and the CLR's
    /// compiler removes stores that nothing reads.
    /// </summary>
    public static DynamicMethod ToDynamicMethod(IlBuffer buffer, string name)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw DynamicCode.Missing();
        }

        DynamicMethod method = new(
            name, buffer.Signature.Result, buffer.Signature.Parameters, typeof(IlReplay).Module, skipVisibility: true)
        {
            InitLocals = true,
        };
        Write(buffer, method.GetILGenerator(buffer.ByteCount), method);
        return method;
    }

    /// <summary>
    /// The method as a delegate with the region's data bound to its first parameter. The CLR compiles it at its first call.
    /// </summary>
    /// <param name="buffer">The method.</param>
    /// <param name="name">Its name in traces of the CLR.</param>
    /// <param name="delegateType">A delegate type with the method's parameters except the first.</param>
    /// <param name="data">The value of the bound parameter.</param>
    public static Delegate CreateDelegate(IlBuffer buffer, string name, Type delegateType, RegionData data) =>
        ToDynamicMethod(buffer, name).CreateDelegate(delegateType, data);

    private static void Write(IlBuffer buffer, ILGenerator il, MethodInfo self)
    {
        foreach (IlLocalDeclaration local in buffer.Locals)
        {
            il.DeclareLocal(local.Type);
        }

        Label[] labels = new Label[buffer.LabelCount];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = il.DefineLabel();
        }

        ReadOnlySpan<IlInstruction> instructions = buffer.Instructions;
        ReadOnlySpan<IlMark> marks = buffer.Marks;
        int mark = 0;
        for (int i = 0; i < instructions.Length; i++)
        {
            for (; mark < marks.Length && marks[mark].Instruction == i; mark++)
            {
                il.MarkLabel(labels[marks[mark].Label.Index]);
            }

            Write(instructions[i], il, labels, self);
        }

        for (; mark < marks.Length; mark++)
        {
            il.MarkLabel(labels[marks[mark].Label.Index]);
        }
    }

    private static void Write(in IlInstruction instruction, ILGenerator il, Label[] labels, MethodInfo self)
    {
        OpCode form = IlForms.Shortest(instruction);
        switch (instruction.Kind)
        {
            case IlOperandKind.None:
                il.Emit(form);
                break;
            case IlOperandKind.Int or IlOperandKind.Local or IlOperandKind.Argument:
                WriteSized(il, form, instruction.Int);
                break;
            case IlOperandKind.Long:
                il.Emit(form, instruction.Bits);
                break;
            case IlOperandKind.Double:
                il.Emit(form, instruction.Double);
                break;
            case IlOperandKind.Label:
                il.Emit(form, labels[instruction.Int]);
                break;
            case IlOperandKind.Switch:
                il.Emit(form, Labels(instruction.Targets, labels));
                break;
            case IlOperandKind.Self:
                il.Emit(form, self);
                break;
            case IlOperandKind.String or IlOperandKind.Method or IlOperandKind.Field or IlOperandKind.Constructor
                or IlOperandKind.Type:
                WriteReference(il, form, instruction.Reference!);
                break;
            default:
                throw new UnreachableException();
        }
    }

    // Not a lambda in the method above, which would allocate an object for each instruction.
    private static Label[] Labels(IlLabel[] targets, Label[] labels) => Array.ConvertAll(targets, target => labels[target.Index]);

    private static void WriteSized(ILGenerator il, OpCode form, int value)
    {
        switch (form.OperandType)
        {
            case OperandType.InlineNone:
                il.Emit(form);
                break;
            case OperandType.ShortInlineI:
                il.Emit(form, (sbyte)value);
                break;
            case OperandType.ShortInlineVar:
                il.Emit(form, (byte)value);
                break;
            case OperandType.InlineVar:
                il.Emit(form, (short)value);
                break;
            default:
                il.Emit(form, value);
                break;
        }
    }

    private static void WriteReference(ILGenerator il, OpCode form, object operand)
    {
        switch (operand)
        {
            case string text:
                il.Emit(form, text);
                break;
            case MethodInfo method:
                il.Emit(form, method);
                break;
            case FieldInfo field:
                il.Emit(form, field);
                break;
            case ConstructorInfo constructor:
                il.Emit(form, constructor);
                break;
            default:
                il.Emit(form, (Type)operand);
                break;
        }
    }
}
