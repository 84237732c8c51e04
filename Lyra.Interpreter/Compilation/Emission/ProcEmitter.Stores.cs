using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Stores into annotated slots.</summary>
internal sealed partial class ProcEmitter
{
    private bool ReportMismatch(StaticType value, SlotType? slot, SourceSpan span)
    {
        if (StoreRules.Judge(value, slot) != StoreVerdict.Mismatch && !AreDifferentStructs(value, slot)) return false;

        Report(CompilerDiagnostics.TypeMismatch, span, slot!.SlotName, slot.Display(), value.Display);
        return true;
    }

    /// <summary>Two structs of this module; what is imported under two names may be one.</summary>
    private bool AreDifferentStructs(StaticType value, SlotType? slot) =>
        value.Kind == SlotKind.Struct && slot is { Kind: SlotKind.Struct, MemberName: null } && value.StructSlot != slot.ModuleSlot
        && !(value.IsNullable && slot.IsNullable) && _owner.IsStruct(value.StructSlot) && _owner.IsStruct(slot.ModuleSlot);

    /// <summary>
    /// The type that a literal container takes from the place it is stored to: what the annotations of variables, parameters and fields say of a
    /// container's elements and a struct's fields.
    /// </summary>
    private SlotType? ContainerSlotOf(Expression target) => SlotOf(target) is { HasElementTypes: true } slot ? slot : null;

    private SlotType? SlotOf(Expression target)
    {
        switch (target)
        {
            case NameExpression:
                return _module.SymbolOf(target)?.Type;
            case MemberExpression member:
                return SlotOf(member.Target) is { Kind: SlotKind.Struct, MemberName: null } owner ? _owner.FieldSlot(owner.ModuleSlot, member.Name) : null;
            case IndexExpression index:
                SlotType? container = SlotOf(index.Target);
                return ElementType(container, SlotKind.List, 0) ?? ElementType(container, SlotKind.Map, 1);
            default:
                return null;
        }
    }

    /// <summary>Makes the value in a register one that a slot can keep. The register may be written.</summary>
    private void CheckInPlace(int register, StaticType value, SlotType? slot, SourceSpan span)
    {
        if (slot is null || ReportMismatch(value, slot, span) || StoreRules.Judge(value, slot) == StoreVerdict.Proven) return;

        At(span);
        _code.EmitWide(Opcode.CheckSlot, register, TypeIndex(slot));
    }

    /// <summary>As <see cref="CheckInPlace"/>, of a copy where the value is a variable's own.</summary>
    private int Checked(Operand value, SlotType? slot, SourceSpan span)
    {
        if (slot is null || ReportMismatch(value.Type, slot, span) || StoreRules.Judge(value.Type, slot) == StoreVerdict.Proven) return value.Register;

        int register = value.Register;
        if (value.IsVariable)
        {
            register = Reserve();
            Move(register, value.Register);
        }

        At(span);
        _code.EmitWide(Opcode.CheckSlot, register, TypeIndex(slot));
        return register;
    }

    /// <summary>Assigns an evaluated value to a variable that exists.</summary>
    private void AssignVariable(Symbol symbol, Operand value, SourceSpan span)
    {
        if (!IsPlainLocal(symbol))
        {
            int source = Checked(value, symbol.Type, span);
            At(span);
            Store(symbol, source);
            return;
        }

        StoreVerdict verdict = StoreRules.Judge(value.Type, symbol.Type);
        bool checksFirst = verdict is StoreVerdict.Check or StoreVerdict.Mismatch;
        int register = checksFirst ? Checked(value, symbol.Type, span) : value.Register;
        bool mayRetarget = !value.IsVariable && !checksFirst;
        if (!(mayRetarget && _code.TryRetarget(register, symbol.Register))) Move(symbol.Register, register);
        if (verdict == StoreVerdict.Converts) CheckInPlace(symbol.Register, value.Type, symbol.Type, span);
    }

    /// <summary>The value that a slot of a type starts with when nothing is given.</summary>
    private void LoadDefault(SlotType? type, int target)
    {
        SlotKind kind = type is null || type.IsNullable ? SlotKind.Nil : type.Kind;
        switch (kind)
        {
            case SlotKind.Int or (>= SlotKind.I8 and <= SlotKind.U64):
                _code.EmitWide(Opcode.LoadInt, target, 0);
                break;
            case SlotKind.Float or SlotKind.F32:
                LoadConstant(Lyra.Runtime.Values.Value.FromFloat(0.0), target);
                break;
            case SlotKind.Bool:
                _code.Emit(Opcode.LoadBool, target, 0);
                break;
            case SlotKind.Str:
                LoadConstant(Lyra.Runtime.Values.Value.FromText(string.Empty), target);
                break;
            case SlotKind.List or SlotKind.Map or SlotKind.Set:
                _code.EmitWide(Opcode.NewTyped, target, TypeIndex(type!));
                break;
            default:
                _code.Emit(Opcode.LoadNil, target);
                break;
        }
    }
}
