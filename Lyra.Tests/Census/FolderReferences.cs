using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.Tests.Census;

/// <summary>A reference from a type to a type in another folder of its assembly.</summary>
/// <param name="From">The folder of the referring type.</param>
/// <param name="To">The folder of the type referred to.</param>
/// <param name="Place">The type or member that refers.</param>
/// <param name="Target">The type referred to.</param>
internal readonly record struct FolderReference(string From, string To, string Place, string Target)
{
    public string Edge => $"{From}->{To}";

    public override string ToString() => $"{Place} refers to {Target}";
}

/// <summary>
/// The references between the folders of an assembly: base types, attributes, fields, signatures, locals and the instructions of methods. A
/// folder is the first part of a namespace below the assembly's name. Nested and generated types belong to the folder of the type that
/// declares them.
/// </summary>
internal sealed class FolderReferences
{
    private readonly ModuleDefinition _module;
    private readonly HashSet<FolderReference> _found = [];

    /// <summary>The references to types of other assemblies, with the namespace in place of the folder.</summary>
    private readonly HashSet<FolderReference> _outside = [];

    private FolderReferences(ModuleDefinition module) => _module = module;

    /// <summary>Reads an assembly; references within a folder are omitted.</summary>
    public static IReadOnlyCollection<FolderReference> Of(string file) => Read(file)._found;

    /// <summary>Reads an assembly; the references to types of other assemblies, with the namespace in place of the folder.</summary>
    public static IReadOnlyCollection<FolderReference> OutsideOf(string file) => Read(file)._outside;

    private static FolderReferences Read(string file)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(file);
        FolderReferences references = new(module);
        foreach (TypeDefinition type in module.GetTypes())
        {
            references.AddType(type);
        }

        return references;
    }

    private void AddType(TypeDefinition type)
    {
        AddAttributes(type, type, type.FullName);
        Add(type, type.BaseType, type.FullName);
        foreach (InterfaceImplementation implemented in type.Interfaces)
        {
            Add(type, implemented.InterfaceType, type.FullName);
        }

        AddConstraints(type, type, type.FullName);
        foreach (FieldDefinition field in type.Fields)
        {
            Add(type, field.FieldType, $"{type.FullName}.{field.Name}");
            AddAttributes(type, field, $"{type.FullName}.{field.Name}");
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            AddAttributes(type, property, $"{type.FullName}.{property.Name}");
        }

        foreach (MethodDefinition method in type.Methods)
        {
            AddMethod(type, method, $"{type.FullName}.{method.Name}");
        }
    }

    private void AddMethod(TypeDefinition type, MethodDefinition method, string place)
    {
        AddAttributes(type, method, place);
        AddConstraints(type, method, place);
        AddMember(type, method, place);
        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition local in method.Body.Variables)
        {
            Add(type, local.VariableType, place);
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            Add(type, handler.CatchType, place);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference target:
                    Add(type, target, place);
                    break;
                case MemberReference member:
                    AddMember(type, member, place);
                    break;
                default:
                    break;
            }
        }
    }

    private void AddMember(TypeDefinition type, MemberReference member, string place)
    {
        Add(type, member.DeclaringType, place);
        if (member is FieldReference field)
        {
            Add(type, field.FieldType, place);
        }

        if (member is not MethodReference method)
        {
            return;
        }

        Add(type, method.ReturnType, place);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Add(type, parameter.ParameterType, place);
        }

        foreach (TypeReference argument in (method as GenericInstanceMethod)?.GenericArguments ?? [])
        {
            Add(type, argument, place);
        }
    }

    private void AddConstraints(TypeDefinition type, IGenericParameterProvider owner, string place)
    {
        foreach (GenericParameterConstraint constraint in owner.GenericParameters.SelectMany(parameter => parameter.Constraints))
        {
            Add(type, constraint.ConstraintType, place);
        }
    }

    private void AddAttributes(TypeDefinition type, ICustomAttributeProvider owner, string place)
    {
        foreach (CustomAttribute attribute in owner.CustomAttributes)
        {
            Add(type, attribute.AttributeType, place);
            foreach (CustomAttributeArgument argument in attribute.ConstructorArguments)
            {
                Add(type, argument.Value as TypeReference ?? argument.Type, place);
            }
        }
    }

    private void Add(TypeDefinition type, TypeReference? target, string place)
    {
        switch (target)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Add(type, argument, place);
                }

                Add(type, generic.ElementType, place);
                return;
            case TypeSpecification specification:
                Add(type, specification.ElementType, place);
                return;
            default:
                break;
        }

        if (FolderOf(type) is not { } from || FolderOf(target) is not { } to || from == to)
        {
            return;
        }

        (target.Scope == _module ? _found : _outside).Add(new FolderReference(from, to, place, target.FullName));
    }

    /// <summary>The folder of a type; null for types that the compiler makes for the whole assembly.</summary>
    private string? FolderOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        string root = _module.Assembly.Name.Name + ".";
        return type.Namespace.StartsWith(root, StringComparison.Ordinal) ? type.Namespace[root.Length..].Split('.')[0]
            : type.Namespace.Length > 0 ? type.Namespace
            : null;
    }
}
