using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Fields of objects, fields of values, and static fields.</summary>
internal static class FieldRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(Load, Code.Ldfld);
        rows.Add(LoadAddress, Code.Ldflda);
        rows.Add(Store, Code.Stfld);
        rows.Add(LoadStatic, Code.Ldsfld);
        rows.Add(LoadStaticAddress, Code.Ldsflda);
        rows.Add(StoreStatic, Code.Stsfld);
    }

    private static FieldReference Field(Step step) => (FieldReference)step.Instruction.Operand;

    private static TypeReference TypeOf(FieldReference field) => Generics.Substitute(field.FieldType, field.DeclaringType);

    private static FieldDefinition? Resolve(Step step, bool mustBeStatic)
    {
        FieldDefinition? field = Members.Find(Field(step));
        if (field is null)
        {
            step.Fail(VerifierError.TokenResolve, expected: Field(step).FullName);
        }
        else if (mustBeStatic && !field.IsStatic)
        {
            step.Fail(VerifierError.ExpectedStaticField, field.FullName);
        }

        return field;
    }

    private static void Load(Step step)
    {
        Resolve(step, mustBeStatic: false);
        PopOwner(step, isValueAllowed: true);
        step.Push(TypeOf(Field(step)));
    }

    private static void LoadAddress(Step step)
    {
        FieldDefinition? field = Resolve(step, mustBeStatic: false);
        VerificationType owner = PopOwner(step, isValueAllowed: false);
        PushAddress(step, field, owner, owner.Marks & (TypeMarks.Local | TypeMarks.ReadOnly));
    }

    /// <summary>The address of an init-only field that must not be written here is a read-only pointer.</summary>
    private static void PushAddress(Step step, FieldDefinition? field, VerificationType owner, TypeMarks marks)
    {
        bool isReadOnly = field is not null && !IsWritable(step, field, owner);
        TypeReference type = TypeFacts.Strip(TypeOf(Field(step)));
        if (type is ByReferenceType)
        {
            step.Fail(VerifierError.ByrefOfByref, type.FullName);
        }

        step.Push(VerificationType.ByRef(type, marks | (isReadOnly ? TypeMarks.ReadOnly : TypeMarks.None)));
    }

    private static void Store(Step step)
    {
        FieldDefinition? field = Resolve(step, mustBeStatic: false);
        step.PopInto(TypeOf(Field(step)));
        VerificationType owner = PopOwner(step, isValueAllowed: false);
        if (owner.IsReadOnly)
        {
            step.Fail(VerifierError.ReadOnlyUnexpected, owner.ToString());
        }

        ExpectWritable(step, field, owner);
    }

    private static void LoadStatic(Step step)
    {
        Resolve(step, mustBeStatic: true);
        step.Push(TypeOf(Field(step)));
    }

    private static void LoadStaticAddress(Step step) =>
        PushAddress(step, Resolve(step, mustBeStatic: true), VerificationType.Unknown, TypeMarks.None);

    private static void StoreStatic(Step step)
    {
        FieldDefinition? field = Resolve(step, mustBeStatic: true);
        step.PopInto(TypeOf(Field(step)));
        ExpectWritable(step, field, VerificationType.Unknown);
    }

    private static void ExpectWritable(Step step, FieldDefinition? field, VerificationType owner)
    {
        if (field is not null && !IsWritable(step, field, owner))
        {
            step.Fail(VerifierError.InitOnly, field.FullName);
        }
    }

    /// <summary>
    /// Whether a field may be written: an init-only field only during construction, and only in the object or class under construction,
    /// but not in other instances of a generic class. An init accessor, whose result carries modreq(IsExternalInit), counts as part of
    /// construction.
    /// </summary>
    private static bool IsWritable(Step step, FieldDefinition field, VerificationType owner)
    {
        if (!field.IsInitOnly)
        {
            return true;
        }

        MethodDefinition method = step.Frame.Method;
        bool isInit = method.ReturnType is RequiredModifierType
        {
            ModifierType.FullName: "System.Runtime.CompilerServices.IsExternalInit",
        };
        return (method.IsConstructor || isInit) && method.IsStatic == field.IsStatic && (owner.IsThis || owner.IsUnknown)
            && TypeRelations.Same(Field(step).DeclaringType, TypeFacts.Self(method.DeclaringType));
    }

    /// <summary>
    /// Pops the object, value or pointer that owns the field. Before a constructor calls its base constructor, it may access only fields of
    /// its own class.
    /// </summary>
    private static VerificationType PopOwner(Step step, bool isValueAllowed)
    {
        VerificationType owner = step.Pop();
        TypeReference declaring = Field(step).DeclaringType;
        bool isValueType = TypeFacts.IsValueType(declaring);
        bool fits = owner.Kind switch
        {
            VerificationKind.Unknown => true,
            VerificationKind.Null => !isValueType,
            VerificationKind.Reference => !isValueType && TypeRelations.IsSubtype(owner.Type!, declaring),
            VerificationKind.ByRef => isValueType && TypeRelations.Same(owner.Type!, declaring),
            VerificationKind.Value => isValueAllowed && isValueType && TypeRelations.Same(owner.Type!, declaring),
            _ => isValueAllowed && isValueType && TypeRelations.IsAssignable(owner, VerificationType.Of(declaring)),
        };
        if (!fits)
        {
            VerificationType expected = isValueType ? VerificationType.ByRef(declaring) : VerificationType.Reference(declaring);
            step.Fail(VerifierError.StackUnexpected, owner.ToString(), expected.ToString());
        }

        if (owner.IsUninitialized && !TypeRelations.Same(declaring, TypeFacts.Self(step.Frame.Method.DeclaringType)))
        {
            step.Fail(VerifierError.ThisUninitUse, owner.ToString());
        }

        return owner;
    }
}
