namespace Lyra.IlVerify.Reports;

/// <summary>One sentence for each error.</summary>
internal static class ErrorTexts
{
    public static string Of(VerifierError error) => FlowText(error) ?? StackText(error) ?? TokenText(error) ?? PrefixText(error)
        ?? MemberText(error);

    private static string? FlowText(VerifierError error) => error switch
    {
        VerifierError.MethodFallthrough => "Control runs off the end of the method.",
        VerifierError.CodeSizeZero => "The method has no instructions.",
        VerifierError.MethodEnd => "The code ends inside the instruction.",
        VerifierError.BadJumpTarget => "The target of the branch is no instruction of the method.",
        VerifierError.FallthroughException => "Control runs off the end of a protected block or a handler.",
        VerifierError.FallthroughIntoHandler => "Control runs into a handler or filter.",
        VerifierError.BranchIntoTry => "Branch into the middle of a protected block.",
        VerifierError.BranchIntoHandler => "Branch into a handler or filter.",
        VerifierError.BranchOutOfTry => "Branch out of a protected block.",
        VerifierError.BranchOutOfHandler => "Branch out of a handler or filter.",
        VerifierError.LeaveIntoTry => "Leave into the middle of a protected block.",
        VerifierError.LeaveIntoHandler => "Leave into a handler or filter.",
        VerifierError.LeaveOutOfFinally => "Leave out of a finally or fault block.",
        VerifierError.LeaveOutOfFilter => "Leave out of a filter.",
        VerifierError.ReturnFromTry => "Return out of a protected block.",
        VerifierError.ReturnFromHandler => "Return out of a handler or filter.",
        VerifierError.Rethrow => "Rethrow outside of a catch handler.",
        VerifierError.Endfinally => "Endfinally outside of a finally or fault block.",
        VerifierError.Endfilter => "Endfilter that is not the last instruction of a filter.",
        VerifierError.EHClauseOutOfRange =>
            "A protected block, filter or handler is empty, does not begin at an instruction, or begins after a prefix.",
        VerifierError.EHClauseOverlap => "A protected block, filter or handler overlaps another one.",
        VerifierError.EHClauseOrder => "The clause of a protected block comes after that of a block around it.",
        VerifierError.TryNonEmptyStack => "The stack is not empty where a protected block begins.",
        VerifierError.PathStackUnexpected => "The types on the stack differ between paths to here.",
        VerifierError.PathStackDepth => "The depth of the stack differs between paths to here.",
        _ => null,
    };

    private static string? StackText(VerifierError error) => error switch
    {
        VerifierError.StackUnexpected => "Unexpected type on the stack.",
        VerifierError.StackUnderflow => "The stack holds too few values.",
        VerifierError.StackOverflow => "The stack holds more values than .maxstack allows.",
        VerifierError.StackObjRef => "Expected an object reference on the stack.",
        VerifierError.StackByRef => "Expected a managed pointer on the stack.",
        VerifierError.ExpectedIntegerType => "Expected an integer on the stack.",
        VerifierError.ExpectedFloatType => "Expected a floating-point number on the stack.",
        VerifierError.ExpectedNumericType => "Expected a number on the stack.",
        VerifierError.ExpectedArray => "Expected a one-dimensional, zero-based array on the stack.",
        VerifierError.ReadOnlyUnexpected => "A read-only managed pointer is used to write.",
        VerifierError.ReturnVoid => "A method without result returns a value.",
        VerifierError.ReturnMissing => "A method with a result returns none.",
        VerifierError.ReturnEmpty => "The stack holds more than the result when the method returns.",
        VerifierError.ReturnPtrToStack => "The method returns a managed pointer into its own frame.",
        VerifierError.BoxByRef => "A ref struct cannot be boxed.",
        VerifierError.ValueTypeExpected => "Expected a value type.",
        _ => null,
    };

    private static string? TokenText(VerifierError error) => error switch
    {
        VerifierError.UnmanagedPointer => "Unmanaged pointers cannot be verified.",
        VerifierError.TypeAccess => "The type is not visible here.",
        VerifierError.MethodAccess => "The method is not visible here.",
        VerifierError.FieldAccess => "The field is not visible here.",
        VerifierError.UnsatisfiedTypeInst => "An argument of the generic type does not fit its parameter.",
        VerifierError.UnsatisfiedMethodParentInst => "An argument of the method's generic type does not fit its parameter.",
        VerifierError.UnsatisfiedMethodInst => "An argument of the generic method does not fit its parameter.",
        VerifierError.UnsatisfiedFieldParentInst => "An argument of the field's generic type does not fit its parameter.",
        _ => null,
    };

    private static string? PrefixText(VerifierError error) => error switch
    {
        VerifierError.Volatile => "The prefix volatile. precedes an instruction that accesses no memory.",
        VerifierError.Unaligned => "The prefix unaligned. precedes an instruction that accesses no memory through a pointer.",
        VerifierError.ReadOnly => "The prefix readonly. precedes an instruction that does not load the address of an element.",
        VerifierError.TailCall => "The prefix tail. precedes an instruction that is not a call.",
        VerifierError.TailRet => "A tail call is not followed by a return.",
        VerifierError.TailCallInsideER => "A tail call in a protected block or handler.",
        VerifierError.TailStackEmpty => "The stack holds more than the arguments of a tail call.",
        VerifierError.TailByRef => "A managed pointer is passed to a tail call.",
        _ => null,
    };

    private static string MemberText(VerifierError error) => error switch
    {
        VerifierError.BadMetadata => "The code or metadata is damaged and cannot be read.",
        VerifierError.TokenResolve => "A type or member cannot be found.",
        VerifierError.CatchByRef => "The type of a catch handler is not a class.",
        VerifierError.UnrecognizedLocalNumber => "The method has no local with this number.",
        VerifierError.UnrecognizedArgumentNumber => "The method has no argument with this number.",
        VerifierError.ByrefOfByref => "A managed pointer to a managed pointer cannot be made.",
        VerifierError.InitLocals => "A method with locals does not initialize them.",
        VerifierError.InitOnly => "A read-only field is written outside of its constructor.",
        VerifierError.ThisUninitReturn => "The constructor returns before it called another constructor.",
        VerifierError.ThisUninitUse => "The object is used before its base constructor was called.",
        VerifierError.ThisMismatch => "A virtual method is called without dispatch on an object that is not this.",
        VerifierError.CtorExpected => "Expected an instance constructor.",
        VerifierError.CtorSig => "The constructor is static.",
        VerifierError.NewobjAbstract => "An abstract class or interface cannot be created.",
        VerifierError.CallCtor => "A constructor is called on something other than the object under construction.",
        VerifierError.CallAbstract => "An abstract method is called without dispatch.",
        VerifierError.CallVirtOnStatic => "A static method is called with dispatch.",
        VerifierError.CallVirtOnValueType => "A method of a value type is called with dispatch.",
        VerifierError.Constrained => "The prefix constrained. does not fit the instruction.",
        VerifierError.LdftnCtor => "A pointer to a constructor cannot be taken.",
        VerifierError.LdvirtftnOnStatic => "A static method has no virtual entry.",
        VerifierError.DelegateCtor => "The method does not fit the delegate.",
        VerifierError.DelegatePattern => "A delegate is not created from a pointer to a method in one sequence of instructions.",
        VerifierError.ExpectedStaticField => "Expected a static field.",
        VerifierError.UnknownOpcode => "The instruction is not known.",
        _ => "The instruction cannot be verified.",
    };
}
