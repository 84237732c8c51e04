using System;
using Lyra.Runtime.Errors;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Errors;

public sealed class ErrorObjectTests
{
    [Theory]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(InsufficientExecutionStackException))]
    public void Memory_that_the_process_lacks_is_a_limit(Type type)
    {
        ErrorObject error = ErrorObject.From((Exception)Activator.CreateInstance(type)!).ShouldNotBeNull();

        (error.ErrorKind, error.Class, error.Limit).ShouldBe((ErrorKinds.LimitExceeded, ErrorClass.Limit, LimitKind.Memory));
        error.Message.ShouldBe("the process is out of memory");
    }

    [Fact]
    public void The_first_cause_ends_the_chain_however_chains_are_joined()
    {
        Random random = new(1);
        ErrorObject[] errors = new ErrorObject[300];
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = new ErrorObject("K", "m");
        }

        for (int step = 0; step < 3_000; step++)
        {
            ErrorObject error = errors[random.Next(errors.Length)];
            ErrorObject caught = errors[random.Next(errors.Length)];
            ErrorObject first = caught;
            while (first.Cause is { } cause)
            {
                first = cause;
            }

            caught.FirstCause().ShouldBeSameAs(first);
            if (error.Cause is null && !ReferenceEquals(first, error))
            {
                error.Cause = caught;
            }
        }
    }
}
