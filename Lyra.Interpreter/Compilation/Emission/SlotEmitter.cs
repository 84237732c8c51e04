using System.Diagnostics.CodeAnalysis;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Annotated slots: the checks of stored values, and initial values.</summary>
internal sealed class SlotEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>Reports a value that never fits a slot. Returns true if it did.</summary>
    public bool ReportMismatch(StaticType value, SlotType? slot, SourceSpan span)
    {
        if (StoreRules.Judge(value, slot) != StoreVerdict.Mismatch && !AreDifferentStructs(value, slot))
        {
            return false;
        }

        Report(CompilerDiagnostics.TypeMismatch, span, slot!.SlotName, slot.Display(), value.Display);
        return true;
    }

    /// <summary>
    /// True for two different structs of this module, of which none can stand for the other. Two imported names may denote one struct.
    /// </summary>
    private bool AreDifferentStructs(StaticType value, SlotType? slot) =>
        value.Kind == SlotKind.Struct && slot is { Kind: SlotKind.Struct, MemberName: null }
        && !(value.IsNullable && slot.IsNullable) && Owner.StructOf(value.StructSlot) is { HasUsers: false } given
        && Owner.StructOf(slot.ModuleSlot) is { } expected && !given.Is(expected);

    /// <summary>Emits a check that a value fits a slot, and its conversion in place. The register must not be that of a variable.</summary>
    public void CheckInPlace(int register, StaticType value, SlotType? slot, SourceSpan span)
    {
        if (!NeedsCheck(value, slot, span))
        {
            return;
        }

        Code.At(span);
        Code.EmitWide(Opcode.CheckSlot, register, Tables.TypeIndex(slot));
    }

    /// <summary>Like <see cref="CheckInPlace"/>, but copies a variable first. Returns the register of the checked value.</summary>
    public int CheckValue(Operand value, SlotType? slot, SourceSpan span)
    {
        if (!NeedsCheck(value.Type, slot, span))
        {
            return value.Register;
        }

        int register = value.Register;
        if (value.IsVariable)
        {
            register = Registers.Reserve();
            Code.Move(register, value.Register);
        }

        Code.At(span);
        Code.EmitWide(Opcode.CheckSlot, register, Tables.TypeIndex(slot));
        return register;
    }

    /// <summary>
    /// The type with element types that the target of an assignment expects; null if it has none. It comes from the annotations of
    /// variables, parameters and fields.
    /// </summary>
    public SlotType? ContainerSlotOf(Expression target) => SlotOf(target) is { HasElementTypes: true } slot ? slot : null;

    private bool NeedsCheck(StaticType value, [NotNullWhen(true)] SlotType? slot, SourceSpan span) =>
        slot is not null && !ReportMismatch(value, slot, span) && StoreRules.Judge(value, slot) != StoreVerdict.Proven;

    private SlotType? SlotOf(Expression target)
    {
        switch (target)
        {
            case NameExpression:
                return Module.SymbolOf(target)?.Type;
            case MemberExpression member:
                SlotType? owner = SlotOf(member.Target);
                return owner is { Kind: SlotKind.Struct, MemberName: null } ? Owner.FieldSlot(owner.ModuleSlot, member.Name) : null;
            case IndexExpression index:
                SlotType? container = SlotOf(index.Target);
                return ContainerTypes.ElementType(container, SlotKind.List, 0) ?? ContainerTypes.ElementType(container, SlotKind.Map, 1);
            default:
                return null;
        }
    }

    /// <summary>Loads the value of a slot that has no initializer.</summary>
    public void LoadDefault(SlotType? type, int target)
    {
        switch (type is null || type.IsNullable ? SlotDefault.Nil : SlotInfo.Of(type.Kind).Default)
        {
            case SlotDefault.Nil:
                Code.Emit(Opcode.LoadNil, target);
                break;
            case SlotDefault.False:
                Code.Emit(Opcode.LoadBool, target, 0);
                break;
            case SlotDefault.IntZero:
                Code.EmitWide(Opcode.LoadInt, target, 0);
                break;
            case SlotDefault.FloatZero:
                Expressions.LoadConstant(Value.FromFloat(0.0), target);
                break;
            case SlotDefault.EmptyStr:
                Expressions.LoadConstant(Value.FromText(string.Empty), target);
                break;
            case SlotDefault.EmptyContainer:
                Code.EmitWide(Opcode.NewTyped, target, Tables.TypeIndex(type!));
                break;
        }
    }

    /// <summary>Sets the element types of an annotation on the container in a register.</summary>
    public void SetElementType(int register, SlotType type, SourceSpan span)
    {
        Code.At(span);
        Code.EmitWide(Opcode.SetElementType, register, Tables.TypeIndex(type));
    }
}
