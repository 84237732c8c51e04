using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>
/// An assembly with one method under test, and the types that it may use: classes <c>C</c> and <c>D : C, IX</c>, abstract <c>A</c>,
/// interface <c>IX</c>, struct <c>S</c>, enum <c>E</c>, and types with the names of the core library's.
/// </summary>
internal sealed partial class Fixture : IDisposable
{
    private const MethodAttributes Instance = MethodAttributes.Public | MethodAttributes.HideBySig;
    private const MethodAttributes Constructor = Instance | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
    private const MethodAttributes Virtual = Instance | MethodAttributes.Virtual | MethodAttributes.NewSlot;

    private readonly FolderResolver _resolver = new([Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
    private readonly AssemblyDefinition _assembly;
    private readonly Dictionary<string, TypeReference> _types = [];
    private readonly Dictionary<string, MemberReference> _members = [];

    public Fixture()
    {
        ModuleParameters parameters = new() { Kind = ModuleKind.Dll, AssemblyResolver = _resolver };
        _assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Case", new Version(1, 0)), "Case", parameters);
        AddFrameworkTypes();
        AddClasses();
        AddValueTypes();
        AddRestricted();
        AddData();
        AddProtected();
        AddLookalikes();
        AddOverridable();
        AddGenericOwners();
        AddReferences();
    }

    private ModuleDefinition Module => _assembly.MainModule;

    /// <summary>Assembles and verifies a method; returns the faults.</summary>
    public static IReadOnlyList<Message> Verify(IlCase row) => Verify(Assemble(row));

    /// <summary>The bytes of an assembly with the method.</summary>
    public static byte[] Assemble(IlCase row)
    {
        using Fixture fixture = new();
        fixture.AddMethod(row);
        using MemoryStream image = new();
        fixture._assembly.Write(image);
        return image.ToArray();
    }

    /// <summary>Verifies an assembly; returns the faults.</summary>
    public static IReadOnlyList<Message> Verify(byte[] bytes)
    {
        using MemoryStream image = new(bytes);
        using FolderResolver resolver = new([Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        return AssemblyVerifier.Verify(image, resolver);
    }

    /// <summary>
    /// Finds a type by its short name, optionally followed by [] or &amp;. The method's own type parameters are T without constraints, U of
    /// a struct, V of a class that is derived from T, X derived from V, and Y derived from C.
    /// </summary>
    public TypeReference Type(string name, MethodDefinition? method = null)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return new ArrayType(Type(name[..^2], method));
        }

        if (name[^1] == '&')
        {
            return new ByReferenceType(Type(name[..^1], method));
        }

        if (name[^1] == '*')
        {
            return new PointerType(Type(name[..^1], method));
        }

        return method?.GenericParameters.FirstOrDefault(parameter => parameter.Name == name) ?? _types[name];
    }

    /// <summary>
    /// Finds a member by Type::Name, followed by &lt;Type&gt; for an instance of a generic method; null if the text names a type. The types
    /// of the parameters follow the name of an overload, as in <c>.ctor(void*,int)</c>, and the name of an array's accessor, with its
    /// result, as in <c>Get(int,int)int</c>.
    /// </summary>
    public MemberReference? Member(string name, MethodDefinition? user = null)
    {
        int colons = name.IndexOf("::", StringComparison.Ordinal);
        if (colons < 0)
        {
            return null;
        }

        if (_members.TryGetValue(name, out MemberReference? written))
        {
            return written;
        }

        TypeReference type = Type(name[..colons]);
        if (name[colons..].IndexOf('<', StringComparison.Ordinal) is > 0 and int open)
        {
            GenericInstanceMethod instance = new((MethodReference)Member(name[..(colons + open)])!);
            instance.GenericArguments.Add(Type(name[(colons + open + 1)..^1], user));
            return instance;
        }

        if (type is ArrayType)
        {
            return Accessor(type, name[(colons + 2)..]);
        }

        TypeDefinition definition = type.Resolve();
        foreach (FieldDefinition field in definition.Fields)
        {
            if (field.Name == name[(colons + 2)..])
            {
                return Module.ImportReference(field);
            }
        }

        foreach (MethodDefinition method in definition.Methods)
        {
            if (method.Name == name[(colons + 2)..] || IsOverload(method, name[(colons + 2)..]))
            {
                MethodReference imported = Module.ImportReference(method);
                return type is GenericInstanceType ? OnInstance(imported, type) : imported;
            }
        }

        throw new ArgumentException($"there is no {name}", nameof(name));
    }

    public void Dispose()
    {
        _assembly.Dispose();
        _resolver.Dispose();
    }

    private static MethodReference OnInstance(MethodReference method, TypeReference type)
    {
        MethodReference result = new(method.Name, method.ReturnType, type) { HasThis = method.HasThis };
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            result.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        return result;
    }

    private void AddMethod(IlCase row)
    {
        int open = row.Signature.IndexOf('(', StringComparison.Ordinal);
        bool isConstructor = row.Signature[0] == '.';
        bool isStatic = row.Owner == "Host" || row.Signature.StartsWith(".cctor", StringComparison.Ordinal);
        MethodAttributes attributes = (isConstructor ? Constructor : Instance) | (isStatic ? MethodAttributes.Static : default);
        MethodDefinition method = new(isConstructor ? row.Signature[..open] : "Test", attributes, Module.TypeSystem.Void);
        ((TypeDefinition)_types[row.Owner]).Methods.Add(method);
        AddTypeParameters(method);
        method.ReturnType = isConstructor ? Module.TypeSystem.Void : Type(row.Signature[..open], method);
        foreach (string type in Words(row.Signature[(open + 1)..^1]))
        {
            method.Parameters.Add(new ParameterDefinition(Type(type, method)));
        }

        method.Body.InitLocals = row.InitLocals;
        foreach (string type in Words(row.Locals))
        {
            method.Body.Variables.Add(new VariableDefinition(Type(type, method)));
        }

        new IlText(this, method).Assemble(row.Code);
        if (isConstructor)
        {
            method.GenericParameters.Clear();
        }
    }

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private void AddFrameworkTypes()
    {
        foreach ((string name, Type type) in (ReadOnlySpan<(string, Type)>)
            [
                ("void", typeof(void)), ("bool", typeof(bool)), ("byte", typeof(byte)), ("sbyte", typeof(sbyte)), ("short", typeof(short)),
                ("char", typeof(char)), ("int", typeof(int)), ("uint", typeof(uint)), ("long", typeof(long)), ("nint", typeof(nint)),
                ("float", typeof(float)), ("double", typeof(double)), ("string", typeof(string)), ("object", typeof(object)),
                ("Array", typeof(Array)),
                ("Exception", typeof(Exception)), ("Action", typeof(Action)), ("Func<string>", typeof(Func<string>)),
                ("Func<object>", typeof(Func<object>)), ("Func<int,int>", typeof(Func<int, int>)),
                ("IEnumerable<object>", typeof(IEnumerable<object>)),
                ("IEnumerable<string>", typeof(IEnumerable<string>)), ("IList<string>", typeof(IList<string>)),
                ("List<int>", typeof(List<int>)),
                ("int?", typeof(int?)), ("IComparable", typeof(IComparable)), ("Span<int>", typeof(Span<int>)),
                ("ValueType", typeof(ValueType)),
                ("Type", typeof(Type)), ("RuntimeTypeHandle", typeof(RuntimeTypeHandle)),
                ("ReadOnlySpan<byte>", typeof(ReadOnlySpan<byte>)), ("int2d", typeof(int[,])), ("string2d", typeof(string[,])),
                ("MulticastDelegate", typeof(MulticastDelegate)),
            ])
        {
            _types[name] = Module.ImportReference(type);
        }
    }

    private void AddClasses()
    {
        AddType("Host", "object", TypeAttributes.Class);
        TypeDefinition ix = AddType("IX", null, TypeAttributes.Interface | TypeAttributes.Abstract);
        AddMember(ix, "X", Virtual | MethodAttributes.Abstract, "void");
        TypeDefinition c = AddType("C", "object", TypeAttributes.Class);
        AddField(c, "I", FieldAttributes.Public, "int");
        AddField(c, "S", FieldAttributes.Public, "string");
        AddField(c, "Fixed", FieldAttributes.Public | FieldAttributes.InitOnly, "int");
        AddField(c, "Shared", FieldAttributes.Public | FieldAttributes.Static, "int");
        AddMember(c, ".ctor", Constructor, "void", code: "ldarg.0; call object::.ctor; ret");
        AddMember(c, "M", Instance, "void", code: "ret");
        AddMember(c, "V", Virtual, "string", code: "ldnull; ret");
        AddMember(c, "F", Instance | MethodAttributes.Static, "int", "int", "ldarg.0; ret");
        AddMember(c, "Ref", Instance | MethodAttributes.Static, "void", "int&", "ret");
        TypeDefinition d = AddType("D", "C", TypeAttributes.Class);
        d.Interfaces.Add(new InterfaceImplementation(ix));
        AddMember(d, ".ctor", Constructor, "void", code: "ldarg.0; call C::.ctor; ret");
        AddMember(d, "X", Virtual, "void", code: "ret");
        TypeDefinition a = AddType("A", "object", TypeAttributes.Abstract);
        AddMember(a, ".ctor", Constructor, "void", code: "ldarg.0; call object::.ctor; ret");
        AddMember(a, "Abstract", Virtual | MethodAttributes.Abstract, "void");
    }

    private void AddValueTypes()
    {
        TypeDefinition s = AddType("S", "ValueType", TypeAttributes.Sealed | TypeAttributes.SequentialLayout);
        AddField(s, "X", FieldAttributes.Public, "int");
        AddMember(s, "M", Instance, "void", code: "ret");
        AddMember(s, ".ctor", Constructor, "void", "int", "ret");
        _types["Enum"] = Module.ImportReference(typeof(Enum));
        TypeDefinition e = AddType("E", "Enum", TypeAttributes.Sealed);
        AddField(e, "value__", FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName, "int");
    }

    /// <summary>
    /// Adds members that may not be accessed everywhere, or not with every type argument; an interface with a static method; and class W,
    /// which implements that interface.
    /// </summary>
    private void AddRestricted()
    {
        TypeDefinition c = (TypeDefinition)_types["C"];
        AddMember(c, "Private", MethodAttributes.Private, "void", code: "ret");
        AddMember(c, "Family", MethodAttributes.Family, "void", code: "ret");
        AddMember(c, "Assembly", MethodAttributes.Assembly, "void", code: "ret");
        AddField(c, "Hidden", FieldAttributes.Private, "int");
        AddField(c, "Inherited", FieldAttributes.Family, "int");
        TypeDefinition nested = new(string.Empty, "N", TypeAttributes.NestedPrivate, Module.TypeSystem.Object);
        c.NestedTypes.Add(nested);
        _types["N"] = nested;
        AddField(c, "Nested", FieldAttributes.Public, "N");
        AddMember(c, "TakeNested", Instance | MethodAttributes.Static, "void", "N", "ret");
        AddMember(c, "GiveNested", Instance | MethodAttributes.Static, "N", null, "ldnull; ret");
        AddGeneric(c, "Create", GenericParameterAttributes.DefaultConstructorConstraint, null);
        AddGeneric(c, "OfClass", GenericParameterAttributes.ReferenceTypeConstraint, null);
        AddGeneric(c, "OfStruct", GenericParameterAttributes.NotNullableValueTypeConstraint, null);
        AddGeneric(c, "OfC", default, "C");
        AddMember(c, "Same", Instance | MethodAttributes.Static, "int&", "int&", "ldarg.0; ret");
        AddMember(c, "Pointer", Instance | MethodAttributes.Static, "void", "int*", "ret");
        TypeDefinition made = AddType("IMade", null, TypeAttributes.Interface | TypeAttributes.Abstract);
        AddMember(made, "Make", Virtual | MethodAttributes.Abstract | MethodAttributes.Static, "string");
        TypeDefinition w = AddType("W", "object", TypeAttributes.Class);
        w.Interfaces.Add(new InterfaceImplementation(made));
        AddMember(w, "Make", Instance | MethodAttributes.Static, "string", code: "ldnull; ret");
        foreach ((string name, string argument) in (ReadOnlySpan<(string, string)>)[("Nullable<string>", "string"), ("Nullable<S>", "S")])
        {
            GenericInstanceType nullable = new(((GenericInstanceType)_types["int?"]).ElementType);
            nullable.GenericArguments.Add(Type(argument));
            _types[name] = nullable;
        }
    }

    private void AddGeneric(TypeDefinition owner, string name, GenericParameterAttributes attributes, string? constraint)
    {
        MethodDefinition method = new(name, Instance | MethodAttributes.Static, Module.TypeSystem.Void);
        owner.Methods.Add(method);
        GenericParameter parameter = new("T", method) { Attributes = attributes };
        method.GenericParameters.Add(parameter);
        if (constraint is not null)
        {
            parameter.Constraints.Add(new GenericParameterConstraint(Type(constraint)));
        }

        new IlText(this, method).Assemble("ret");
    }

    private TypeDefinition AddType(string name, string? parent, TypeAttributes attributes)
    {
        TypeDefinition type = new("Case", name, TypeAttributes.Public | attributes, parent is null ? null : Type(parent));
        Module.Types.Add(type);
        _types[name] = type;
        return type;
    }

    private void AddField(TypeDefinition owner, string name, FieldAttributes attributes, string type)
    {
        owner.Fields.Add(new FieldDefinition(name, attributes, Type(type)));
    }

    private void AddMember(TypeDefinition owner, string name, MethodAttributes attributes, string result, string? parameter = null,
        string? code = null)
    {
        MethodDefinition method = new(name, attributes, Type(result));
        owner.Methods.Add(method);
        if (parameter is not null)
        {
            method.Parameters.Add(new ParameterDefinition(Type(parameter)));
        }

        if (code is not null)
        {
            new IlText(this, method).Assemble(code);
        }
    }
}
