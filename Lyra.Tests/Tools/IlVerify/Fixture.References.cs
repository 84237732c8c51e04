using System;
using Mono.Cecil;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Members whose overrides, instances or references decide whether their use is valid.</summary>
internal sealed partial class Fixture
{
    /// <summary>Methods that must not return their argument: one that an override may replace, a sealed one, and a delegate.</summary>
    private void AddOverridable()
    {
        TypeDefinition final = AddType("Final", "object", TypeAttributes.Sealed);
        TypeDefinition pick = AddType("Pick", "MulticastDelegate", TypeAttributes.Sealed);
        AddMember((TypeDefinition)_types["C"], "Given", Virtual, "int&", "int&", "ldnull; throw");
        AddMember(final, "Given", Virtual, "int&", "int&", "ldnull; throw");
        AddMember(pick, "Invoke", Virtual, "int&", "int&");
        pick.Methods[0].ImplAttributes = MethodImplAttributes.Runtime | MethodImplAttributes.Managed;
        foreach (string name in (ReadOnlySpan<string>)["C", "Final", "Pick"])
        {
            ((TypeDefinition)_types[name]).Methods[^1].Parameters[0].IsOut = true;
        }

        TypeDefinition w = (TypeDefinition)_types["W"];
        AddMember(w, ".cctor", Constructor | MethodAttributes.Static, "void", code: "ret");
        TypeDefinition plain = AddType("Plain", "object", TypeAttributes.Class);
        AddMember(plain, ".ctor", Instance, "void", code: "ret");
        AddType("Heir", "C", TypeAttributes.Class);
    }

    /// <summary>A generic class with an init-only field, and a class derived from an instance of it.</summary>
    private void AddGenericOwners()
    {
        TypeDefinition owner = new("Case", "Owner`1", TypeAttributes.Public, Type("object"));
        owner.GenericParameters.Add(new GenericParameter("A", owner));
        Module.Types.Add(owner);
        _types["Owner"] = owner;
        owner.Fields.Add(new FieldDefinition("Value", FieldAttributes.Public, owner.GenericParameters[0]));
        AddField(owner, "Fixed", FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly, "int");
        foreach ((string name, TypeReference argument) in (ReadOnlySpan<(string, TypeReference)>)
            [("Owner<A>", owner.GenericParameters[0]), ("Owner<int>", Type("int")), ("Owner<string>", Type("string"))])
        {
            GenericInstanceType instance = new(owner);
            instance.GenericArguments.Add(argument);
            _types[name] = instance;
            _members[name + "::Fixed"] = new FieldReference("Fixed", Type("int"), instance);
            _members[name + "::Value"] = new FieldReference("Value", owner.GenericParameters[0], instance);
        }

        AddType("Derived", "Owner<string>", TypeAttributes.Class);
        _members["Derived::Value"] = new FieldReference("Value", owner.GenericParameters[0], Type("Derived"));
    }

    /// <summary>
    /// References that are not written as their definitions are. Those with an asterisk after their name differ from a definition of that
    /// name in a way that the CLR does not accept.
    /// </summary>
    private void AddReferences()
    {
        AddField((TypeDefinition)_types["C"], "Error", FieldAttributes.Public, "Exception");
        _members["D::I"] = new FieldReference("I", Type("int"), Type("D"));
        _members["C::Error*"] = new FieldReference("Error", Type("FakeException"), Type("C"));
        AddReference("Heir::.ctor*", "void");
        AddReference("Heir::M", "void");
        AddReference("S::GetType*", "Type");
        AddReference("C::F*", "int").Parameters.Add(new ParameterDefinition(Type("int")));
        AddReference("C::M*", "void").ExplicitThis = true;
    }

    private MethodReference AddReference(string name, string result)
    {
        int colons = name.IndexOf("::", StringComparison.Ordinal);
        MethodReference reference = new(name[(colons + 2)..].TrimEnd('*'), Type(result), Type(name[..colons])) { HasThis = true };
        _members[name] = reference;
        return reference;
    }
}
