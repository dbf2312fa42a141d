from django.db import migrations, models


def sign_on(apps, schema_editor):
    apps.get_model("crew", "Sailor").objects.create(name="Ishmael")


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Sailor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
            ],
        ),
        migrations.RunPython(sign_on),
    ]
