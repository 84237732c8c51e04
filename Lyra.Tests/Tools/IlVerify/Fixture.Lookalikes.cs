using System;
using System.Linq;
using Mono.Cecil;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Members and types of the fixture for code that only looks valid.</summary>
internal sealed partial class Fixture
{
    private static bool IsOverload(MethodDefinition method, string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && method.Name == text[..open]
            && string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.Name)) == text[(open + 1)..^1];
    }

    /// <summary>A reference to a method of an array type, which has no definition.</summary>
    private MethodReference Accessor(TypeReference type, string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        int close = text.IndexOf(')', StringComparison.Ordinal);
        MethodReference accessor = new(text[..open], Type(text[(close + 1)..]), type) { HasThis = true };
        foreach (string parameter in Words(text[(open + 1)..close]))
        {
            accessor.Parameters.Add(new ParameterDefinition(Type(parameter)));
        }

        return accessor;
    }

    private void AddTypeParameters(MethodDefinition method)
    {
        GenericParameter t = new("T", method);
        GenericParameter u = new("U", method) { Attributes = GenericParameterAttributes.NotNullableValueTypeConstraint };
        GenericParameter v = new("V", method) { Attributes = GenericParameterAttributes.ReferenceTypeConstraint };
        v.Constraints.Add(new GenericParameterConstraint(t));
        method.GenericParameters.Add(t);
        method.GenericParameters.Add(u);
        method.GenericParameters.Add(v);
        GenericParameter x = new("X", method);
        x.Constraints.Add(new GenericParameterConstraint(v));
        method.GenericParameters.Add(x);
        GenericParameter y = new("Y", method);
        y.Constraints.Add(new GenericParameterConstraint(_types["C"]));
        method.GenericParameters.Add(y);
    }

    /// <summary>Eight bytes of constant data, which a span may cover.</summary>
    private void AddData()
    {
        TypeDefinition c = (TypeDefinition)_types["C"];
        TypeDefinition bytes = AddType("Bytes", "ValueType", TypeAttributes.Sealed | TypeAttributes.ExplicitLayout);
        bytes.ClassSize = 8;
        bytes.PackingSize = 1;
        c.Fields.Add(new FieldDefinition("Data", FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly, bytes)
        {
            InitialValue = new byte[8],
        });
        AddMember(c, "Variable", Instance | MethodAttributes.Static, "void", code: "ret");
        c.Methods[^1].CallingConvention = MethodCallingConvention.VarArg;
        AddMember(c, "Take", Instance | MethodAttributes.Static, "void", "Span<int>", "ret");
    }

    /// <summary>A class inside D, which may access what D may.</summary>
    private void AddProtected()
    {
        TypeDefinition inner = new(string.Empty, "Inner", TypeAttributes.NestedPublic, Module.TypeSystem.Object);
        ((TypeDefinition)_types["D"]).NestedTypes.Add(inner);
        _types["Inner"] = inner;
        AddMember((TypeDefinition)_types["C"], "VirtualFamily", MethodAttributes.Family | MethodAttributes.Virtual, "void", code: "ret");
    }

    /// <summary>
    /// Types of this assembly with the names of types of the core library, and a class whose base only looks like a struct's.
    /// </summary>
    private void AddLookalikes()
    {
        AddField(AddLookalike("Int32", "object"), "Text", FieldAttributes.Public, "string");
        AddLookalike("Object", "object");
        AddLookalike("ValueType", "object");
        AddLookalike("Exception", "object");
        AddLookalike("Int32[]", "object");
        _types["FakeParameter"] = new TypeDefinition(string.Empty, "T", TypeAttributes.Public, Type("object"));
        Module.Types.Add((TypeDefinition)_types["FakeParameter"]);
        AddTwins();
        AddField(AddType("FakeStruct", "FakeValueType", TypeAttributes.Class), "X", FieldAttributes.Public, "int");
        TypeDefinition span = AddGenericLookalike("System", "ReadOnlySpan`1", "object", "byte");
        AddMember(span, ".ctor", Constructor, "void", code: "ldarg.0; call object::.ctor; ret");
        span.Methods[0].Parameters.Add(new ParameterDefinition(Type("string")));
        span.Methods[0].Parameters.Add(new ParameterDefinition(Type("int")));
        TypeDefinition open = AddGenericLookalike("Case", "Open`1", "object", "byte");
        _types["FakeOpen"] = open;
        AddMember(open, "Static", Instance | MethodAttributes.Static, "void", code: "ret");
        AddField(open, "Shared", FieldAttributes.Public | FieldAttributes.Static, "int");
        AddGenericLookalike("System", "Nullable`1", "ValueType", "string");
        AddGenericLookalike("System.Collections.Generic", "IList`1", null, "string").Attributes |=
            TypeAttributes.Interface | TypeAttributes.Abstract;
    }

    /// <summary>Two types of one full name: one is nested, and the other one has the nesting in its namespace.</summary>
    private void AddTwins()
    {
        TypeDefinition nested = new("N", "Twin", TypeAttributes.NestedPublic, Type("object"));
        ((TypeDefinition)_types["C"]).NestedTypes.Add(nested);
        TypeDefinition other = new("Case.C/N", "Twin", TypeAttributes.Public, Type("object"));
        Module.Types.Add(other);
        (_types["Twin"], _types["OtherTwin"]) = (nested, other);
    }

    private TypeDefinition AddLookalike(string name, string parent)
    {
        TypeDefinition type = new("System", name, TypeAttributes.Public, Type(parent));
        Module.Types.Add(type);
        _types["Fake" + name] = type;
        return type;
    }

    private TypeDefinition AddGenericLookalike(string space, string name, string? parent, string argument)
    {
        TypeDefinition type = new(space, name, TypeAttributes.Public, parent is null ? null : Type(parent));
        type.GenericParameters.Add(new GenericParameter("T", type));
        Module.Types.Add(type);
        GenericInstanceType instance = new(type);
        instance.GenericArguments.Add(Type(argument));
        _types["Fake" + name[..^2]] = instance;
        return type;
    }
}
