"""What a vacancy would pay, shown while it is written."""

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.pay import queries as pay
from recruit.web.recruiter.forms import VacancyForm
from recruit.web.vacancy_pay import PayShown, pay_for


def pay_shown(form: VacancyForm) -> PayShown | None:
    """Return the pay for the grade, pay table and hours that a form holds; None until a grade is chosen."""
    grade, table = pay.find_grade(form.grade_id.kept), pay.find_pay_table(form.pay_table_id.kept)
    table = table or pay.pay_table_in_force(london_day(clock.now()))
    if grade is None or table is None:
        return None
    return pay_for(grade, table, form.weekly_hours.data, form.paid_weeks.data)
